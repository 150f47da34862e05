import { Input, SegmentedControl } from '@mantine/core';
import { usePreferences } from '#shared/browser-data/preferences-store.ts';
import { SettingsSection } from './settings-section.tsx';

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
