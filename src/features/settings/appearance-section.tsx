import { Button, Input, SegmentedControl, useMantineColorScheme } from '@mantine/core';
import { usePreferences } from '#shared/browser-data/preferences-store.ts';
import { useShortcutsSheet } from '#ui/shortcuts/shortcuts-sheet-store.ts';
import { SettingsSection } from './settings-section.tsx';

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
            { value: 'auto', label: 'As the system' },
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
