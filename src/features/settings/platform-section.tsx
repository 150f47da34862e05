import { Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getErrorMessage } from '#api/errors.ts';
import { formatBytes } from '#lib/format.ts';
import { answerTimeQuery, diskQuery, studioQuery } from '#shared/platform/studio-queries.ts';
import { Facts, SettingsSection } from './settings-section.tsx';
import { SignOutButton } from './sign-out-button.tsx';

/** Which platform is behind the studio, whether it answers, and what it takes of the disk. */
export function PlatformSection() {
  const { data: studio } = useQuery(studioQuery);
  const isEmbedded = studio?.platform === 'embedded';
  const answers = useQuery(answerTimeQuery);
  const disk = useQuery({ ...diskQuery, enabled: isEmbedded });
  return (
    <SettingsSection title="Platform">
      <Facts
        facts={[
          ['Platform', studio ? (isEmbedded ? 'Embedded, on this machine' : studio.platform_url) : '…'],
          [
            'Answers',
            answers.data !== undefined ? `Yes, in ${Math.round(answers.data)} ms` : answers.error ? 'No' : '…',
          ],
          ['Version of the studio', studio?.version ?? '…'],
          ...(disk.data
            ? [
                ['Videos on the disk', formatBytes(disk.data.footage)] as const,
                ['Recently deleted', formatBytes(disk.data.trash ?? 0)] as const,
                ['Unfinished uploads', formatBytes(disk.data.uploads)] as const,
                ['Database and the rest', formatBytes(disk.data.rest)] as const,
                ['Free on the disk', formatBytes(disk.data.free)] as const,
              ]
            : []),
        ]}
      />
      {answers.error && (
        <Text size="sm" c="var(--studio-bad)" role="alert">
          {getErrorMessage(answers.error)}
        </Text>
      )}
      <Button variant="default" size="xs" loading={answers.isFetching} onClick={() => void answers.refetch()}>
        Refresh
      </Button>
      {studio?.sign_in === 'in' && <SignOutButton />}
    </SettingsSection>
  );
}
