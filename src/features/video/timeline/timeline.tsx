import { Group, useComputedColorScheme } from '@mantine/core';
import { IconArrowsHorizontal, IconZoomIn, IconZoomOut } from '@tabler/icons-react';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { getTheme, type TimelineData } from '#engines/timeline/paint-timeline.ts';
import { TimelineEngine, type TimelineHover, type TimelineListener } from '#engines/timeline/timeline-engine.ts';
import { formatTimecode } from '#lib/time.ts';
import { player, usePlayer } from '#shared/player/studio-player.ts';
import { IconAction } from '#ui/icon-action.tsx';
import { useShortcuts } from '#ui/shortcuts.ts';
import { timelineKeys } from '../video-keys.ts';
import classes from './timeline.module.css';

interface HoverPreviewProps {
  readonly hover: TimelineHover;
  readonly duration: number;
  readonly strip: { readonly url: string; readonly frames: number } | null;
}

/** What is at the second under the pointer: a picture, the time, and what the item there says. */
function HoverPreview({ hover, duration, strip }: HoverPreviewProps) {
  const { time, x, item } = hover;
  const frame = strip && duration > 0 ? Math.min(strip.frames - 1, Math.floor((time / duration) * strip.frames)) : 0;
  return (
    <div className={classes.hover} style={{ left: `clamp(84px, ${x}px, calc(100% - 84px))` }} aria-hidden>
      {item?.thumbnail ? (
        <img src={item.thumbnail} alt="" />
      ) : (
        strip && (
          <span className={classes.strip}>
            <img
              src={strip.url}
              alt=""
              style={{ width: `${strip.frames * 100}%`, translate: `${(-100 * frame) / strip.frames}%` }}
            />
          </span>
        )
      )}
      <strong>{formatTimecode(time)}</strong>
      {item?.label && <span>{item.label}</span>}
    </div>
  );
}

export interface TimelineProps extends Omit<TimelineListener, 'onHover'> {
  readonly data: TimelineData;
  /** Moves by keyboard: the seconds where segments start. */
  readonly stops: readonly number[];
  /** A strip of pictures from all over the video, for where no item has one. */
  readonly strip: { readonly url: string; readonly frames: number } | null;
  /** Called with the second under a pointer that rests. */
  onRest(time: number): void;
  /** Beside the zoom buttons. */
  readonly children?: ReactNode;
}

const REST_MS = 60;

/** The timeline of the open video: the engine in a page, with its tools and what is under the pointer. */
export function Timeline({ data, stops, strip, onRest, children, ...listener }: TimelineProps) {
  const root = useRef<HTMLDivElement>(null);
  const [engine, setEngine] = useState<TimelineEngine | null>(null);
  const [hover, setHover] = useState<TimelineHover | null>(null);
  const scheme = useComputedColorScheme('dark');
  const latest = useRef({ ...listener, onRest });
  useEffect(() => {
    latest.current = { ...listener, onRest };
  });

  useEffect(() => {
    if (!root.current) return;
    let rest = 0;
    const made = new TimelineEngine(root.current, getTheme(root.current), classes.playhead ?? '', {
      onSeek: (time) => latest.current.onSeek(time),
      onPick: (lane, item) => latest.current.onPick(lane, item),
      onInOut: (points) => latest.current.onInOut(points),
      onHover: (next) => {
        clearTimeout(rest);
        if (next) rest = window.setTimeout(() => latest.current.onRest(next.time), REST_MS);
        setHover(next);
      },
    });
    setEngine(made);
    return () => {
      clearTimeout(rest);
      made.destroy();
    };
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the colors are read anew when the scheme changes
  useEffect(() => {
    if (root.current) engine?.setTheme(getTheme(root.current));
  }, [engine, scheme]);
  useEffect(() => engine?.setData(data), [engine, data]);
  useFollow(engine);
  const keys = useMemo(() => timelineKeys(engine), [engine]);
  useShortcuts(keys);

  return (
    <div className={classes.timeline}>
      <Group gap={4} className={classes.tools} wrap="nowrap">
        {children}
        <div style={{ flex: 1 }} />
        <IconAction label="Zoom out" hint="-" size="sm" onClick={() => engine?.zoomBy(0.5)}>
          <IconZoomOut size={16} />
        </IconAction>
        <IconAction label="Zoom in" hint="+" size="sm" onClick={() => engine?.zoomBy(2)}>
          <IconZoomIn size={16} />
        </IconAction>
        <IconAction label="Show all" hint="\" size="sm" onClick={() => engine?.fit()}>
          <IconArrowsHorizontal size={16} />
        </IconAction>
      </Group>
      <div className={classes.body}>
        <ul className={classes.names} aria-hidden>
          {data.lanes.map(({ name, title }) => (
            <li key={name}>{title}</li>
          ))}
        </ul>
        <div className={classes.drawing}>
          <div ref={root} className={classes.canvas} />
          <Playhead duration={data.duration} stops={stops} onSeek={listener.onSeek} />
          {hover && <HoverPreview hover={hover} duration={data.duration} strip={strip} />}
        </div>
      </div>
    </div>
  );
}

/** Moves the playhead with every frame while the video plays, and with the store's reports otherwise; nothing is rendered. */
function useFollow(engine: TimelineEngine | null): void {
  useEffect(() => {
    if (!engine) return;
    let frame = 0;
    const move = () => {
      engine.setTime(player.engine.playhead);
      frame = requestAnimationFrame(move);
    };
    const follow = () => {
      const { status, time } = player.getState();
      cancelAnimationFrame(frame);
      if (status === 'playing') frame = requestAnimationFrame(move);
      else engine.setTime(time);
    };
    follow();
    const stop = player.subscribe(follow);
    return () => {
      stop();
      cancelAnimationFrame(frame);
    };
  }, [engine]);
}

/** The playhead for the keyboard and for screen readers: a slider over the drawing. */
function Playhead({
  duration,
  stops,
  onSeek,
}: {
  duration: number;
  stops: readonly number[];
  onSeek(t: number): void;
}) {
  const time = usePlayer((state) => Math.min(state.time, duration));
  const move = (event: React.KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key];
    const to =
      by !== undefined
        ? time + by * (event.shiftKey ? 10 : 1)
        : event.key === 'Home'
          ? 0
          : event.key === 'End'
            ? duration
            : event.key === 'PageUp'
              ? stops.findLast((stop) => stop < time - 0.5)
              : event.key === 'PageDown'
                ? stops.find((stop) => stop > time + 0.01)
                : undefined;
    if (to === undefined) return;
    event.preventDefault();
    onSeek(Math.min(duration, Math.max(0, to)));
  };
  return (
    <div
      className={classes.slider}
      role="slider"
      tabIndex={0}
      aria-label="Playhead"
      aria-valuemin={0}
      aria-valuemax={duration}
      aria-valuenow={time}
      aria-valuetext={formatTimecode(time)}
      onKeyDown={move}
    />
  );
}
