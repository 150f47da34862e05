import { Button, Input, SegmentedControl, Text, useMantineColorScheme } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { formatBytes, plural } from '#lib/format.ts';
import { clearBrowser } from '#shared/browser-data/clear-browser.ts';
import { useConversations } from '#shared/browser-data/conversations-store.ts';
import { useMarkers } from '#shared/browser-data/markers-store.ts';
import { usePreferences } from '#shared/browser-data/preferences-store.ts';
import { useUploads } from '#shared/uploads/uploads-store.ts';
import { confirm } from '#ui/open-dialog.ts';
import { useShortcutsSheet } from '#ui/shortcuts.ts';
import { Facts, SettingsSection } from './settings-section.tsx';

/** How the studio looks, and where its keys are written. */
export function AppearanceSection() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const density = usePreferences((state) => state.density);
  const set = usePreferences((state) => state.set);
  const toggleSheet = useShortcutsSheet((state) => state.toggle);
  return (
    <SettingsSection title="Appearance">
      <Input.Wrapper label="Colors" labelElement="div">
        <SegmentedControl
          aria-label="Colors"
          data={[
            { value: 'dark', label: 'Dark' },
            { value: 'light', label: 'Light' },
            { value: 'auto', label: 'System' },
          ]}
          value={colorScheme}
          onChange={setColorScheme}
          display="flex"
        />
      </Input.Wrapper>
      <Input.Wrapper label="Density" labelElement="div">
        <SegmentedControl
          aria-label="Density"
          data={[
            { value: 'comfortable', label: 'Comfortable' },
            { value: 'compact', label: 'Compact' },
          ]}
          value={density}
          onChange={(chosen) => set({ density: chosen })}
          display="flex"
        />
      </Input.Wrapper>
      <Button variant="default" size="xs" onClick={toggleSheet}>
        Keyboard shortcuts (?)
      </Button>
    </SettingsSection>
  );
}

/** The platform takes parts of 5 MiB and more. */
const PART_SIZES = [5, 10, 25, 50, 100];
/** A browser has six connections to a host, and the pages need one of them. */
const PARALLEL_PARTS = [1, 2, 3, 4, 5];

const QUIET = { c: 'var(--studio-quiet)' };

/** How files are sent. */
export function UploadsSection() {
  const partMebibytes = usePreferences((state) => state.partMebibytes);
  const parallelParts = usePreferences((state) => state.parallelParts);
  const set = usePreferences((state) => state.set);
  return (
    <SettingsSection title="Uploads">
      <Input.Wrapper
        label="Part size (MiB)"
        labelElement="div"
        descriptionProps={QUIET}
        description="Smaller parts lose less when a connection breaks. Applies to uploads that start from now on."
      >
        <SegmentedControl
          aria-label="Part size (MiB)"
          data={PART_SIZES.map(String)}
          value={String(partMebibytes)}
          onChange={(size) => set({ partMebibytes: Number(size) })}
          display="flex"
          mt={6}
        />
      </Input.Wrapper>
      <Input.Wrapper
        label="Parallel parts"
        labelElement="div"
        descriptionProps={QUIET}
        description="Sent at the same time, over all files."
      >
        <SegmentedControl
          aria-label="Parallel parts"
          data={PARALLEL_PARTS.map(String)}
          value={String(parallelParts)}
          onChange={(parts) => set({ parallelParts: Number(parts) })}
          display="flex"
          mt={6}
        />
      </Input.Wrapper>
    </SettingsSection>
  );
}

const confirmClear = () =>
  void confirm({
    title: 'Clear what is stored in this browser?',
    children: (
      <Text size="sm">
        Conversations, markers, verdicts on search results, recent searches, preferences and the upload queue are
        removed, and other tabs of the studio are reloaded. Videos and collections stay on the platform.
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
