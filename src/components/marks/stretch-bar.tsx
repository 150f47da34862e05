import { ActionIcon, Text, Tooltip } from '@mantine/core';
import {
  IconBookmarkPlus,
  IconBracketsContainEnd,
  IconBracketsContainStart,
  IconRepeat,
  IconX,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { formatTimecode } from '#lib/time.ts';
import { marksOf, useMarks } from '#stores/marks.ts';
import { usePlayer } from '#stores/player.ts';
import { clearStretch, keepMark, setIn, setOut, toggleLoop } from './mark-keys.ts';
import classes from './marks.module.css';

/** In and out points: set, seen, repeated, kept. */
export function StretchBar({ videoId }: { videoId: string }) {
  const marks = useMarks((state) => marksOf(state, videoId));
  const looping = usePlayer((state) => state.loop !== null);
  return (
    <div className={classes.stretch}>
      <Action label="Set the in point (I)" onClick={setIn} icon={<IconBracketsContainStart size={17} />} />
      <Action label="Set the out point (O)" onClick={setOut} icon={<IconBracketsContainEnd size={17} />} />
      <Action
        label="Repeat from in to out (R)"
        pressed={looping}
        onClick={toggleLoop}
        icon={<IconRepeat size={16} />}
      />
      <Action label="Mark (M)" onClick={keepMark} icon={<IconBookmarkPlus size={16} />} />
      {(marks.in !== null || marks.out !== null) && (
        <>
          <Text className={classes.points} data-testid="stretch">
            {marks.in === null ? '…' : formatTimecode(marks.in)} –{' '}
            {marks.out === null ? '…' : formatTimecode(marks.out)}
          </Text>
          <Action label="Take in and out points away (X)" onClick={clearStretch} icon={<IconX size={14} />} />
        </>
      )}
    </div>
  );
}

function Action({
  label,
  onClick,
  icon,
  pressed,
}: {
  label: string;
  pressed?: boolean;
  onClick(): void;
  icon: ReactNode;
}) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant={pressed ? 'light' : 'subtle'}
        color={pressed ? 'amber' : 'gray'}
        size="sm"
        aria-label={label.replace(/ \(.*/, '')}
        aria-pressed={pressed}
        onClick={onClick}
      >
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}
