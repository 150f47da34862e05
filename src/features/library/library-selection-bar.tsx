import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconMap2, IconSearch, IconSparkles, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import type { VideoListItem } from '#api/contracts/videos.ts';
import { isSearchable } from '#api/status.ts';
import { lacksPipeline } from '#api/workflows/videos.ts';
import { plural } from '#lib/format.ts';
import { fitsInUrl, toVideosParameter } from '#shared/browser-data/video-sets-store.ts';
import { AddToCollection } from '#shared/collections/add-to-collection.tsx';
import { useStartMissing } from '#shared/processing/pipeline-queries.ts';
import { SelectionBar } from '#shared/videos/selection-bar.tsx';
import type { SelectionControls } from '#shared/videos/use-selection.ts';
import { showFailure } from '#ui/show-failure.ts';

interface LibrarySelectionBarProps {
  readonly chosen: readonly VideoListItem[];
  readonly of: number;
  readonly controls: SelectionControls;
  onDelete(): void;
}

/** What can be done with the chosen videos. */
export function LibrarySelectionBar({ chosen, of, controls, onDelete }: LibrarySelectionBarProps) {
  const { mutateAsync: startMissing, isPending } = useStartMissing();
  const unprocessed = chosen.filter(lacksPipeline);
  const searchable = chosen.filter(isSearchable).map(({ video_id }) => video_id);

  const process = async () => {
    const results = await Promise.allSettled(unprocessed.map((video) => startMissing(video)));
    const refused = results.find((result) => result.status === 'rejected');
    if (refused) showFailure('Some videos could not be started')(refused.reason);
    else notifications.show({ message: `${plural(unprocessed.length, 'video')} started.` });
  };

  return (
    <SelectionBar count={chosen.length} of={of} onAll={controls.all} onClear={controls.clear}>
      {unprocessed.length > 0 && (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconSparkles size={15} />}
          loading={isPending}
          onClick={() => void process()}
        >
          Process {unprocessed.length}
        </Button>
      )}
      <AddToCollection videos={chosen} />
      {searchable.length > 0 && (
        <>
          <ScopeButton page="search" label="Search within" icon={<IconSearch size={15} />} videoIds={searchable} />
          <ScopeButton page="map" label="Map" icon={<IconMap2 size={15} />} videoIds={searchable} />
        </>
      )}
      <Button size="compact-sm" variant="light" color="red" leftSection={<IconTrash size={15} />} onClick={onDelete}>
        Delete
      </Button>
    </SelectionBar>
  );
}

interface ScopeButtonProps {
  readonly page: 'search' | 'map';
  readonly label: string;
  readonly icon: ReactNode;
  readonly videoIds: readonly string[];
}

/** Opens a page with some videos as its scope. */
function ScopeButton({ page, label, icon, videoIds }: ScopeButtonProps) {
  const navigate = useNavigate();
  const toPath = () => `/${page}?${new URLSearchParams({ in: toVideosParameter(videoIds) })}`;
  const style = { size: 'compact-sm', variant: 'default', leftSection: icon } as const;
  // What a URL cannot hold is stored when it is opened, not whenever the selection changes.
  if (!fitsInUrl(videoIds)) {
    return (
      <Button {...style} onClick={() => void navigate(toPath())}>
        {label}
      </Button>
    );
  }
  return (
    <Button {...style} component={Link} to={toPath()}>
      {label}
    </Button>
  );
}
