import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconDots, IconRefresh, IconSearch, IconSparkles, IconUpload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { VideoListItem } from '#api/contracts/videos.ts';
import { isDone, isFailed } from '#api/status.ts';
import { studioQuery } from '#shared/platform/studio-queries.ts';
import { useInitiatePipeline, useRetryUpload, useStartMissing } from '#shared/processing/pipeline-queries.ts';
import { getProcessingState } from '#shared/processing/stages.ts';
import { showFailure } from '#ui/show-failure.ts';

function RowMenu({ video, children }: { video: VideoListItem; children: ReactNode }) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={`Pipelines of ${video.name}`}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  );
}

/** Start what is missing, try again what failed, have done again what is done. */
export function PipelineActions({ video }: { video: VideoListItem }) {
  const { mutate: startMissing, isPending } = useStartMissing();
  const { mutate: retryUpload, isPending: isRetrying } = useRetryUpload();
  const isEmbedded = useQuery(studioQuery).data?.platform === 'embedded';
  const { mutate: analyse } = useInitiatePipeline('analyse');
  const { mutate: searchProcess } = useInitiatePipeline('search-process');
  const processingState = getProcessingState(video);
  const playable = isDone(video.transcoding_status) && isDone(video.hls_generation_status);
  const pipelineFailed = isFailed(video.analyse_status) || isFailed(video.search_process_status);
  const options = { onError: showFailure('Processing could not be started') };

  if (processingState === 'failed' && !playable) {
    return isEmbedded ? (
      <>
        <Button
          size="compact-sm"
          variant="default"
          loading={isRetrying}
          leftSection={<IconRefresh size={14} />}
          aria-label={`Retry: ${video.name}`}
          onClick={() => retryUpload(video, options)}
        >
          Retry
        </Button>
        <RowMenu video={video}>
          <Menu.Item component={Link} to="/upload" leftSection={<IconUpload size={15} />}>
            Upload again
          </Menu.Item>
        </RowMenu>
      </>
    ) : (
      <Button component={Link} to="/upload" size="compact-sm" variant="default" leftSection={<IconUpload size={14} />}>
        Upload again
      </Button>
    );
  }
  return (
    <>
      {(processingState === 'missing' || pipelineFailed) && (
        <Button
          size="compact-sm"
          variant="default"
          loading={isPending}
          leftSection={pipelineFailed ? <IconRefresh size={14} /> : <IconSparkles size={14} />}
          aria-label={`${pipelineFailed ? 'Retry' : 'Process'}: ${video.name}`}
          onClick={() => startMissing(video, options)}
        >
          {pipelineFailed ? 'Retry' : 'Process'}
        </Button>
      )}
      {playable && (
        <RowMenu video={video}>
          <Menu.Item leftSection={<IconSparkles size={15} />} onClick={() => analyse(video.video_id, options)}>
            {isDone(video.analyse_status) ? 'Analyze again' : 'Analyze'}
          </Menu.Item>
          <Menu.Item leftSection={<IconSearch size={15} />} onClick={() => searchProcess(video.video_id, options)}>
            {isDone(video.search_process_status) ? 'Make searchable again' : 'Make searchable'}
          </Menu.Item>
        </RowMenu>
      )}
    </>
  );
}
