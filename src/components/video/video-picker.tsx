import { MultiSelect } from '@mantine/core';
import type { VideoListItem } from '#api/schemas/videos.ts';

export interface VideoPickerProps {
  /** What can be chosen from. */
  readonly videos: readonly VideoListItem[];
  /** Chosen ids; none means all. */
  readonly chosen: readonly string[];
  onChange(ids: string[]): void;
}

/** Which videos to look at: all searchable ones, or some. */
export function VideoPicker({ videos, chosen, onChange }: VideoPickerProps) {
  return (
    <MultiSelect
      data={videos.map((video) => ({ value: video.video_id, label: video.name }))}
      value={[...chosen]}
      onChange={onChange}
      placeholder={chosen.length === 0 ? `All footage (${videos.length})` : undefined}
      aria-label="Videos to look at"
      searchable
      clearable
      hidePickedOptions
      maxDropdownHeight={320}
      nothingFoundMessage="No searchable video of that name"
    />
  );
}
