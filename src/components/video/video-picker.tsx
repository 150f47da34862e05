import { MultiSelect } from '@mantine/core';
import type { VideoListItem } from '#api/schemas/videos.ts';

interface VideoPickerProps {
  /** What can be chosen from. */
  readonly videos: readonly VideoListItem[];
  /** Chosen ids; none means all. */
  readonly chosen: readonly string[];
  onChange(ids: string[]): void;
  /** Said while nothing is chosen. */
  readonly placeholder: string;
}

/** Which videos to look at: all searchable ones, or some. */
export function VideoPicker({ videos, chosen, onChange, placeholder }: VideoPickerProps) {
  return (
    <MultiSelect
      data={videos.map((video) => ({ value: video.video_id, label: video.name }))}
      value={[...chosen]}
      onChange={onChange}
      placeholder={chosen.length === 0 ? placeholder : undefined}
      aria-label="Videos to look at"
      searchable
      clearable
      hidePickedOptions
      maxDropdownHeight={320}
      nothingFoundMessage="No searchable video of that name"
    />
  );
}
