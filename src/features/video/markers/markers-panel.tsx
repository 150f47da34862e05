import { ActionIcon, Group, Text } from '@mantine/core';
import { IconPlayerPlay, IconPlaylist, IconTrash } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { plural } from '#lib/format.ts';
import { formatTimecode } from '#lib/time.ts';
import { getMarkers, type Marker, markerActions, useMarkers } from '#shared/browser-data/markers-store.ts';
import { player, usePlayer } from '#shared/player/studio-player.ts';
import { markerKey, usePendingDeletions } from '#shared/undo/pending-deletions-store.ts';
import { undoable } from '#shared/undo/undoable.tsx';
import { allVideosQuery } from '#shared/videos/video-lookup.ts';
import { ExportMenu } from '#ui/export-menu.tsx';
import { InlineText } from '#ui/inline-text.tsx';
import { saveFile, toFileName } from '#ui/save-file.ts';
import { showFailure } from '#ui/show-failure.ts';
import classes from '../panels.module.css';
import { useEditedMarker } from '../video-keys.ts';
import { toCsv, toEdl, toJson } from './export-markers.ts';

/** Assumed in edit lists of a video that has not been played yet. */
const DEFAULT_FRAME_DURATION = 1 / 25;

/** The marks of a video: named, played, exported. */
export function MarkersPanel({ videoId, title }: { videoId: string; title: string }) {
  const client = useQueryClient();
  const all = useMarkers((state) => getMarkers(state, videoId).marks);
  const hidden = usePendingDeletions((state) => state.keys);
  const source = usePlayer((state) => state.source);
  const marks = all.filter(({ id }) => !hidden.has(markerKey(id)));
  const ranges = marks.filter(({ start, end }) => end > start);
  const save = (ending: string, type: string, content: string, name = `${title} markers`) =>
    saveFile(toFileName(name, ending), content, type);
  const rows = marks.map((mark) => ({ ...mark, videoId, video: title }));
  /** Markers of all videos that still exist. */
  const saveAll = async () => {
    const names = new Map((await client.fetchQuery(allVideosQuery)).map(({ video_id, name }) => [video_id, name]));
    const all = [...useMarkers.getState().byVideo].flatMap(([id, { marks: own }]) =>
      own.flatMap((mark) => {
        const video = names.get(id);
        return video === undefined || hidden.has(markerKey(mark.id)) ? [] : [{ ...mark, videoId: id, video }];
      }),
    );
    save('csv', 'text/csv;charset=utf-8', toCsv(all), 'All markers');
  };
  const getFrameDuration = () => player.getState().frameDuration ?? DEFAULT_FRAME_DURATION;
  if (marks.length === 0) {
    return (
      <Text className={classes.none}>
        No markers yet. Set an in point (I) and an out point (O) while you watch, then press M to mark the range;
        without points, M marks the current time. Press M again to name it.
      </Text>
    );
  }
  return (
    <div className={classes.list}>
      <Group justify="space-between" className={classes.head} wrap="nowrap">
        <Text size="xs" c="var(--studio-quiet)">
          {plural(marks.length, 'marker')}
        </Text>
        <Group gap={4} wrap="nowrap">
          <ActionIcon
            size="sm"
            variant="subtle"
            color="gray"
            aria-label="Play all in order"
            title="Play all in order"
            disabled={!source || ranges.length === 0}
            onClick={() => source && player.playInOrder(ranges.map(({ start, end }) => ({ source, start, end })))}
          >
            <IconPlaylist size={16} />
          </ActionIcon>
          <ExportMenu
            label="Export markers"
            formats={[
              { name: 'CSV', save: () => save('csv', 'text/csv;charset=utf-8', toCsv(rows)) },
              { name: 'JSON', save: () => save('json', 'application/json', toJson({ videoId, title }, marks)) },
              {
                name: 'EDL (CMX3600)',
                save: () => save('edl', 'text/plain;charset=us-ascii', toEdl(title, marks, getFrameDuration())),
              },
              {
                name: 'CSV, markers of all videos',
                save: () => void saveAll().catch(showFailure('The markers could not be exported')),
              },
            ]}
          />
        </Group>
      </Group>
      <ul className={classes.scroll} aria-label="Markers">
        {marks.map((mark) => (
          <MarkerRow key={mark.id} videoId={videoId} mark={mark} />
        ))}
      </ul>
    </div>
  );
}

function MarkerRow({ videoId, mark }: { videoId: string; mark: Marker }) {
  const { note, remove, restore } = markerActions;
  const isEdited = useEditedMarker(({ id }) => id === mark.id);
  const isInstant = mark.end === mark.start;
  const range = isInstant ? formatTimecode(mark.start) : `${formatTimecode(mark.start)} – ${formatTimecode(mark.end)}`;
  const removeWithUndo = () =>
    undoable({
      keys: [markerKey(mark.id)],
      message: 'Marker removed',
      failure: 'The marker could not be removed',
      run: async () => remove(videoId, mark.id),
      revert: async () => restore(videoId, mark),
    });
  return (
    <li className={classes.mark}>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={`Play ${range}`}
        onClick={() => (isInstant ? player.seek(mark.start) : player.playRange(mark))}
      >
        <IconPlayerPlay size={15} />
      </ActionIcon>
      <div className={classes.markWords}>
        <span className={classes.times}>{range}</span>
        <InlineText
          value={mark.note}
          label={`Note on ${range}`}
          placeholder="Note"
          onSave={(text) => note(videoId, mark.id, text)}
          isEditing={isEdited}
          onLeave={() => useEditedMarker.setState({ id: null })}
          small
        />
      </div>
      <ActionIcon variant="subtle" color="gray" size="sm" aria-label={`Remove ${range}`} onClick={removeWithUndo}>
        <IconTrash size={14} />
      </ActionIcon>
    </li>
  );
}
