import { Badge, Checkbox, Group, Loader } from '@mantine/core';
import type { MouseEvent, ReactNode } from 'react';
import { Link } from 'react-router';
import type { VideoListItem } from '#api/contracts/videos.ts';
import { isDone, isFailed, isTerminal } from '#api/status.ts';
import { dragSource } from './drag-source.ts';
import { ScrubPicture } from './scrub-picture.tsx';
import type { SelectionControls } from './use-selection.ts';
import classes from './videos.module.css';

interface Summary {
  readonly text: string;
  readonly tone: 'busy' | 'ready' | 'failed' | 'idle';
}

/** A video's state in two words. */
export function getSummary(video: VideoListItem): Summary {
  const uploadStages = [video.thumbnail_generation_status, video.transcoding_status, video.hls_generation_status];
  const pipelines = [video.analyse_status, video.search_process_status];
  if (uploadStages.some(isFailed)) return { text: 'Processing failed', tone: 'failed' };
  if (!uploadStages.every(isDone)) return { text: 'Preparing', tone: 'busy' };
  if (pipelines.some(isFailed)) return { text: 'Analysis failed', tone: 'failed' };
  if (pipelines.every(isDone)) return { text: 'Ready', tone: 'ready' };
  if (pipelines.some((status) => status && !isTerminal(status))) return { text: 'Analyzing', tone: 'busy' };
  return { text: pipelines.some(isDone) ? 'Partly analyzed' : 'Not analyzed', tone: 'idle' };
}

const COLORS: Readonly<Record<Summary['tone'], string>> = { busy: 'gray', ready: 'teal', failed: 'red', idle: 'gray' };

function VideoStatus({ video }: { video: VideoListItem }) {
  const { text, tone } = getSummary(video);
  if (tone === 'ready') return null;
  return (
    <Group gap={6} wrap="nowrap">
      {tone === 'busy' && <Loader size={12} color="gray" />}
      <Badge variant="light" color={COLORS[tone]} radius="sm" tt="none">
        {text}
      </Badge>
    </Group>
  );
}

interface VideoTileProps {
  readonly video: VideoListItem;
  readonly controls: SelectionControls;
  /** True for the one tile that the Tab key reaches. */
  readonly isTabStop: boolean;
  readonly menu: ReactNode;
}

/** A press with a modifier, or while something is chosen, chooses; any other opens. */
export function choosePress(event: MouseEvent, id: string, controls: SelectionControls): void {
  const range = event.shiftKey;
  const toggle = event.ctrlKey || event.metaKey || (controls.chosen.length > 0 && !range);
  if (!range && !toggle) return;
  event.preventDefault();
  controls.press(id, { range, toggle });
}

/** A video as a picture with its name, to be opened, chosen, dragged. */
export function VideoTile({ video, controls, isTabStop, menu }: VideoTileProps) {
  const { video_id: id, name } = video;
  const isChosen = controls.selection.chosen.has(id);
  const innerTab = isTabStop ? 0 : -1;
  return (
    <div
      role="gridcell"
      className={classes.tile}
      data-id={id}
      tabIndex={innerTab}
      aria-selected={isChosen}
      aria-label={name}
      data-selecting={controls.chosen.length > 0}
      {...dragSource(id, controls)}
    >
      <Link
        to={`/videos/${id}`}
        tabIndex={-1}
        aria-hidden
        draggable={false}
        onClick={(event) => choosePress(event, id, controls)}
      >
        <ScrubPicture video={video} poster={video.thumbnail_path} />
      </Link>
      <Checkbox
        className={classes.check}
        size="sm"
        tabIndex={innerTab}
        checked={isChosen}
        aria-label={`Select ${name}`}
        onClick={(event) => controls.press(id, { toggle: true, range: event.shiftKey })}
        readOnly
      />
      <div className={classes.line}>
        <div className={classes.words}>
          <Link
            to={`/videos/${id}`}
            className={classes.name}
            title={name}
            tabIndex={innerTab}
            draggable={false}
            onClick={(event) => choosePress(event, id, controls)}
          >
            {name}
          </Link>
          <VideoStatus video={video} />
        </div>
        {menu}
      </div>
    </div>
  );
}
