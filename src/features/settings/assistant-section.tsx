import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { CodeBlock } from '#shared/code-samples/code-sample.tsx';
import { studioQuery } from '#shared/platform/studio-queries.ts';
import { getAssistantConfiguration } from './assistant-configuration.ts';
import classes from './settings.module.css';
import { SettingsSection } from './settings-section.tsx';

/** How an assistant is connected to the videos. */
export function AssistantSection() {
  const { data: studio } = useQuery(studioQuery);
  return (
    <SettingsSection title="Assistants">
      <Text size="sm">
        An assistant that supports the Model Context Protocol (MCP) can list and search these videos, ask about them,
        read transcripts and look at frames. All of this is read-only; a search or a question costs 1 credit.
      </Text>
      <Text size="sm">
        Add this to the configuration of an assistant on the machine that the studio is installed on, and replace what
        is in angle brackets:
      </Text>
      {studio && (
        <div className={classes.snippet}>
          <CodeBlock text={getAssistantConfiguration(studio, window.location.origin)} label="Assistant configuration" />
        </div>
      )}
    </SettingsSection>
  );
}
