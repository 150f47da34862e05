import { Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { formatBytes, plural } from '#lib/format.ts';
import { useConversations } from '#shared/browser-data/conversations-store.ts';
import { useMarkers } from '#shared/browser-data/markers-store.ts';
import { useUploads } from '#shared/uploads/uploads-store.ts';
import { confirm } from '#ui/open-dialog.ts';
import { clearBrowser } from './clear-browser.ts';
import { Facts, SettingsSection } from './settings-section.tsx';

const confirmClear = () =>
  void confirm({
    title: 'Clear what is stored in this browser?',
    children: (
      <Text size="sm">
        Conversations, markers, recent searches, preferences and the upload queue are removed. Videos and collections
        stay on the platform.
      </Text>
    ),
    labels: { confirm: 'Clear', cancel: 'Cancel' },
    confirmProps: { color: 'red' },
    onConfirm: () => void clearBrowser(),
  });

/** What the studio stores in this browser, and a button that clears it. */
export function BrowserSection() {
  const { data: estimate } = useQuery({
    queryKey: ['browser-storage'],
    queryFn: () => navigator.storage?.estimate() ?? null,
    staleTime: 0,
  });
  const conversations = useConversations((state) => state.byId.size);
  const marks = useMarkers((state) => [...state.byVideo.values()].reduce((sum, { marks: own }) => sum + own.length, 0));
  const uploads = useUploads((state) => state.items.length);
  return (
    <SettingsSection title="Stored in this browser">
      <Facts
        facts={[
          ['Conversations', plural(conversations, 'conversation')],
          ['Markers', plural(marks, 'marker')],
          ['Upload queue', plural(uploads, 'file')],
          ['Total', estimate?.usage === undefined ? 'Unknown' : formatBytes(estimate.usage)],
        ]}
      />
      <Button variant="default" color="red" size="xs" onClick={confirmClear}>
        Clear
      </Button>
    </SettingsSection>
  );
}
