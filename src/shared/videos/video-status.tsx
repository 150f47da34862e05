import { Badge, Group, Loader } from '@mantine/core';
import type { VideoListItem } from '#api/contracts/videos.ts';
import { isDone, isFailed } from '#api/status.ts';

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
  return pipelines.every((status) => !status)
    ? { text: 'Not analysed', tone: 'idle' }
    : { text: 'Analysing', tone: 'busy' };
}

const COLORS: Readonly<Record<Summary['tone'], string>> = { busy: 'gray', ready: 'teal', failed: 'red', idle: 'gray' };

export function VideoStatus({ video }: { video: VideoListItem }) {
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
