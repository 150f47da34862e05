import { IconLink, IconLinkOff, IconX } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { formatClock } from '#lib/time.ts';
import { IconAction } from '#ui/icon-action.tsx';
import { compareEngine, toggleCompare, toggleLinked, useCompare } from './compare-player.ts';
import classes from './player.module.css';

/** The segment that is compared with the one that plays; pressed while it is not linked, it plays by itself. */
export function ComparePane() {
  const slot = useRef<HTMLDivElement>(null);
  const { pinned, isLinked, time, error } = useCompare();
  const isOpen = pinned !== null;
  useEffect(() => {
    if (isOpen) slot.current?.append(compareEngine.video);
  }, [isOpen]);
  if (!pinned) return null;
  const { title } = pinned.source;
  return (
    <section className={classes.compare} aria-label={`Compared: ${title}`}>
      <button
        type="button"
        className={classes.compareStage}
        aria-label={isLinked ? 'Linked to the player' : 'Play or pause the compared video'}
        disabled={isLinked}
        onClick={() => compareEngine.toggle()}
      >
        <div ref={slot} className={classes.slot} />
      </button>
      <div className={classes.compareBar}>
        <span className={classes.compareTitle} title={title}>
          {title}
        </span>
        <span className={classes.time} data-testid="compare-time">
          {formatClock(time)}
        </span>
        <IconAction
          label={isLinked ? 'Unlink playback' : 'Link playback'}
          hint="shift B"
          pressed={isLinked}
          onClick={toggleLinked}
        >
          {isLinked ? <IconLink size={17} /> : <IconLinkOff size={17} />}
        </IconAction>
        <IconAction label="Close comparison" hint="B" onClick={toggleCompare}>
          <IconX size={17} />
        </IconAction>
      </div>
      {error && (
        <p role="alert" className={classes.compareError}>
          {error}
        </p>
      )}
    </section>
  );
}
