import { Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { DATABASES } from '#api/contracts/integrations.ts';
import { getErrorMessage } from '#api/errors.ts';
import { formatBytes, plural } from '#lib/format.ts';
import { clearBrowser } from '#shared/browser-data/clear-browser.ts';
import { integrationsQuery } from '#shared/embeddings/integration-queries.ts';
import { answerTimeQuery, creditsQuery, diskQuery, studioQuery, useSignOut } from '#shared/platform/studio-queries.ts';
import { isUnderWay } from '#shared/uploads/upload-item.ts';
import { useUploads } from '#shared/uploads/uploads-store.ts';
import { confirm } from '#ui/open-dialog.ts';
import { showFailure } from '#ui/show-failure.ts';
import { Facts, SettingsSection } from './settings-section.tsx';

/** Ends the session and removes what this browser stores of it: the next person here may be another one. */
function SignOutButton() {
  const { mutate: signOut, isPending } = useSignOut();
  const unfinished = useUploads((state) => state.items.filter(isUnderWay).length);
  const signOutAfterConfirming = () =>
    void confirm({
      title: 'Sign out?',
      children: (
        <Text size="sm">
          Conversations, markers, recent searches, preferences and the upload queue are removed from this browser.
          Videos and collections stay on the platform.
          {unfinished > 0 && ` ${plural(unfinished, 'upload')} in progress will be cancelled.`}
        </Text>
      ),
      labels: { confirm: 'Sign out', cancel: 'Cancel' },
      confirmProps: { color: 'red' },
      onConfirm: () =>
        signOut(undefined, {
          onSuccess: () => void clearBrowser('/'),
          onError: showFailure('Signing out failed'),
        }),
    });
  return (
    <Button variant="default" size="xs" loading={isPending} onClick={signOutAfterConfirming}>
      Sign out
    </Button>
  );
}

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
            'Status',
            answers.data !== undefined
              ? `Connected (${Math.round(answers.data)} ms)`
              : answers.error
                ? 'Not reachable'
                : '…',
          ],
          ['Studio version', studio?.version ?? '…'],
          ...(disk.data
            ? [
                ['Video storage', formatBytes(disk.data.footage)] as const,
                ['Recently deleted', formatBytes(disk.data.trash ?? 0)] as const,
                ['Unfinished uploads', formatBytes(disk.data.uploads)] as const,
                ['Database and cache', formatBytes(disk.data.rest)] as const,
                ...(disk.data.free === null ? [] : [['Free disk space', formatBytes(disk.data.free)] as const]),
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

/** What the platform understands videos with. */
export function ModelsSection() {
  const { data: studio } = useQuery(studioQuery);
  if (studio?.platform !== 'embedded') return null;
  return (
    <SettingsSection title="Models">
      <Text size="sm">Choose the model for visual search, and compare models on your own searches.</Text>
      <Button component={Link} to="/settings/models" variant="default" size="xs">
        Manage models
      </Button>
    </SettingsSection>
  );
}

const CREDIT_KINDS = [
  ['storage', 'Storage'],
  ['search', 'Search'],
  ['chat', 'Chat'],
  ['embeddings', 'Embeddings'],
] as const;

/** This session began when the page was opened. */
const OPENED = new Date(performance.timeOrigin);

/** What was paid for, by kind. */
export function CreditsSection() {
  const { data: studio } = useQuery(studioQuery);
  const enabled = studio?.platform === 'embedded';
  const session = useQuery({ ...creditsQuery(OPENED), enabled });
  const ever = useQuery({ ...creditsQuery(null), enabled });
  return (
    <SettingsSection title="Credits used">
      {studio?.platform === 'remote' ? (
        <Text size="sm">A hosted platform does not report usage through the API. See its console.</Text>
      ) : (
        <Facts
          facts={[
            ...CREDIT_KINDS.map(([kind, label]) => {
              const used = session.data?.by_kind[kind] ?? 0;
              return [label, `${used} this session · ${ever.data?.by_kind[kind] ?? 0} total`] as const;
            }),
            ['Total', `${plural(session.data?.used ?? 0, 'credit')} this session · ${ever.data?.used ?? 0} total`],
          ]}
        />
      )}
    </SettingsSection>
  );
}

/** The vector databases that are connected. */
export function DatabasesSection() {
  const { data } = useQuery(integrationsQuery);
  const connections = data?.connections ?? [];
  return (
    <SettingsSection title="Vector databases">
      {connections.length > 0 ? (
        <Facts
          facts={connections.map(({ name, kind, index }) => [name, `${DATABASES[kind].name} · ${index}`] as const)}
        />
      ) : (
        <Text size="sm">None connected</Text>
      )}
      <Button component={Link} to="/embeddings?view=databases" variant="default" size="xs">
        Manage
      </Button>
    </SettingsSection>
  );
}
