import { Text } from '@mantine/core';
import {
  IconBookmarkPlus,
  IconBracketsContainEnd,
  IconBracketsContainStart,
  IconRepeat,
  IconX,
} from '@tabler/icons-react';
import { formatTimecode } from '#lib/time.ts';
import { getMarkers, useMarkers } from '#shared/browser-data/markers-store.ts';
import { usePlayer } from '#shared/player/studio-player.ts';
import { IconAction } from '#ui/icon-action.tsx';
import classes from '../panels.module.css';
import { addMarker, clearInOut, setIn, setOut, toggleLoop } from '../video-keys.ts';

/** In and out points: set, seen, repeated, kept. */
export function InOutBar({ videoId }: { videoId: string }) {
  const marks = useMarkers((state) => getMarkers(state, videoId));
  const looping = usePlayer((state) => state.loop !== null);
  return (
    <div className={classes.range}>
      <IconAction label="Set the in point" hint="I" size="sm" onClick={setIn}>
        <IconBracketsContainStart size={17} />
      </IconAction>
      <IconAction label="Set the out point" hint="O" size="sm" onClick={setOut}>
        <IconBracketsContainEnd size={17} />
      </IconAction>
      <IconAction label="Loop in/out" hint="R" size="sm" pressed={looping} onClick={toggleLoop}>
        <IconRepeat size={16} />
      </IconAction>
      <IconAction label="Add marker" hint="M" size="sm" onClick={addMarker}>
        <IconBookmarkPlus size={16} />
      </IconAction>
      {(marks.in !== null || marks.out !== null) && (
        <>
          <Text className={classes.points} data-testid="in-out">
            {marks.in === null ? '…' : formatTimecode(marks.in)} –{' '}
            {marks.out === null ? '…' : formatTimecode(marks.out)}
          </Text>
          <IconAction label="Clear in/out" hint="X" size="sm" onClick={clearInOut}>
            <IconX size={14} />
          </IconAction>
        </>
      )}
    </div>
  );
}
