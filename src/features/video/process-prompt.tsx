import { Alert, Button, Group, Loader, Text } from '@mantine/core';
import type { VideoDetails } from '#api/contracts/videos.ts';
import { getErrorMessage } from '#api/errors.ts';
import { useProcessVideo } from '#shared/videos/video-queries.ts';
import { getSummary } from '#shared/videos/video-status.tsx';

/** Says why a video cannot be asked or searched yet, and offers to change that. */
export function ProcessPrompt({ video }: { video: VideoDetails }) {
  const { mutate, isPending, error } = useProcessVideo();
  const { tone, text } = getSummary(video);
  if (tone === 'busy') {
    return (
      <Group gap="sm">
        <Loader size="xs" color="gray" />
        <Text size="sm" c="var(--studio-quiet)">
          {text} … segments and chat appear here when it is done.
        </Text>
      </Group>
    );
  }
  if (!video.hls_playlist_path) {
    return (
      <Alert color="red" variant="light" title="This video could not be prepared">
        The file may be damaged or not a video. Delete it and upload another.
      </Alert>
    );
  }
  return (
    <Alert color={tone === 'failed' ? 'red' : 'gray'} variant="light" title={text}>
      <Group justify="space-between">
        <Text size="sm">Analyse this video to search it, ask it questions and see it on the map.</Text>
        <Button size="xs" loading={isPending} onClick={() => mutate(video.video_id)}>
          Analyse
        </Button>
      </Group>
      {error && (
        <Text size="sm" c="red">
          {getErrorMessage(error)}
        </Text>
      )}
    </Alert>
  );
}
