import { useQuery } from '@tanstack/react-query';
import type { VideoListItem } from '#api/contracts/videos.ts';
import { isDone, isFailed } from '#api/status.ts';
import { uploadStatusQuery } from '#shared/uploads/upload-queries.ts';
import { pipelineStatusQuery } from './pipeline-queries.ts';
import { getStages, type StageView } from './stages.ts';

/** Running (how far?) or failed (why?): only then do the details say more than the list. */
const needsDetail = (word: string | null | undefined) =>
  isFailed(word) || ['in_progress', 'processing', 'running'].includes(word?.toLowerCase() ?? '');

/** The stages of a video in a list, with percentages of what runs and reasons of what failed. */
export function useStagesOfRow(row: VideoListItem): StageView[] {
  const { video_id: videoId } = row;
  const uploadWords = [row.thumbnail_generation_status, row.transcoding_status, row.hls_generation_status];
  const { data: upload } = useQuery({ ...uploadStatusQuery(videoId), enabled: uploadWords.some(needsDetail) });
  const { data: analyse } = useQuery({
    ...pipelineStatusQuery('analyse', videoId),
    enabled: needsDetail(row.analyse_status),
  });
  const { data: search } = useQuery({
    ...pipelineStatusQuery('search-process', videoId),
    enabled: needsDetail(row.search_process_status),
  });
  return getStages({ upload, analyse, search }, row);
}

/** The stages of a video of which only the id is known, watched until the last one has ended. */
export function useStagesOfVideo(videoId: string, willProcess: boolean): StageView[] {
  const { data: upload } = useQuery(uploadStatusQuery(videoId));
  const enabled = willProcess && isDone(upload?.hls_generation_status?.status);
  const { data: analyse } = useQuery({ ...pipelineStatusQuery('analyse', videoId), enabled });
  const { data: search } = useQuery({ ...pipelineStatusQuery('search-process', videoId), enabled });
  return getStages({ upload, analyse, search });
}
