import { Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { DATABASES } from '#api/contracts/integrations.ts';
import { integrationsQuery } from '#shared/embeddings/integration-queries.ts';
import { Facts, SettingsSection } from './settings-section.tsx';

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
        <Text size="sm">None is connected.</Text>
      )}
      <Button component={Link} to="/embeddings?view=databases" variant="default" size="xs">
        Connect and change
      </Button>
    </SettingsSection>
  );
}
