import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { plural } from '#lib/format.ts';
import { creditsQuery, studioQuery } from '#shared/platform/studio-queries.ts';
import { Facts, SettingsSection } from './settings-section.tsx';

const KINDS = [
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
        <Text size="sm">A hosted platform does not say through the API what was used; its own console does.</Text>
      ) : (
        <Facts
          facts={[
            ...KINDS.map(([kind, label]) => {
              const used = session.data?.by_kind[kind] ?? 0;
              return [label, `${used} this session, ${ever.data?.by_kind[kind] ?? 0} in all`] as const;
            }),
            ['Together', `${plural(session.data?.used ?? 0, 'credit')} this session, ${ever.data?.used ?? 0} in all`],
          ]}
        />
      )}
    </SettingsSection>
  );
}
