import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { NotFoundError, sentenceOf } from '#api/errors.ts';
import { derivedStatus } from '#api/status.ts';
import { keys } from '#queries/keys.ts';
import { uploadStatusQuery } from '#queries/uploads.ts';
import { useProcessVideo } from '#queries/videos.ts';
import { type UploadItem, useUploads } from '#stores/uploads.ts';
import { startUploadRunner } from './upload-runner.ts';

/** Runs the upload queue, and sees each uploaded video through to the end, whichever page is open. */
export function UploadHost() {
  const items = useUploads((state) => state.items);
  useEffect(startUploadRunner, []);
  return items
    .filter((item) => item.phase === 'processing' && item.videoId !== null)
    .map((item) => <ProcessingWatch key={item.id} item={item} videoId={item.videoId ?? ''} />);
}

/** Watches one video's upload stages and, where wished, starts its pipelines when they are done. */
function ProcessingWatch({ item, videoId }: { item: UploadItem; videoId: string }) {
  const update = useUploads((state) => state.update);
  const client = useQueryClient();
  const { data, error } = useQuery(uploadStatusQuery(videoId));
  const { mutate: process } = useProcessVideo();
  const derived = data ? derivedStatus(data) : null;

  useEffect(() => {
    if (derived === 'failed') update(item.id, { phase: 'failed', error: data?.error_message ?? 'Processing failed.' });
    if (derived === 'completed') {
      update(item.id, { phase: 'ready' });
      if (item.processWhenReady) process(videoId);
    }
    if (derived) void client.invalidateQueries({ queryKey: keys.videos.all });
  }, [derived, data?.error_message, item.id, item.processWhenReady, videoId, update, process, client]);

  useEffect(() => {
    if (error instanceof NotFoundError) update(item.id, { phase: 'failed', error: sentenceOf(error) });
  }, [error, item.id, update]);

  return null;
}
