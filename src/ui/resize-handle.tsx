import { type PointerEvent, useRef } from 'react';
import classes from './resize-handle.module.css';

const STEP_PIXELS = 24;

interface ResizeHandleProps {
  readonly label: string;
  /** Pixels: the width of what stands to the right of the handle, and its limits. */
  readonly width: number;
  readonly min: number;
  readonly max: number;
  onResize(width: number): void;
}

/** An edge that is moved by the pointer, or with the arrow keys while it has the focus. */
export function ResizeHandle({ label, width, min, max, onResize }: ResizeHandleProps) {
  const start = useRef<{ x: number; width: number } | null>(null);
  const resize = (next: number) => onResize(Math.round(Math.min(max, Math.max(min, next))));
  const handleMove = (event: PointerEvent) => {
    if (start.current) resize(start.current.width - (event.clientX - start.current.x));
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a horizontal rule cannot be moved
    <div
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation="vertical"
      aria-valuenow={width}
      aria-valuemin={min}
      aria-valuemax={max}
      className={classes.handle}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { x: event.clientX, width };
      }}
      onPointerMove={handleMove}
      onPointerUp={() => {
        start.current = null;
      }}
      onKeyDown={(event) => {
        if (event.key === 'ArrowLeft') resize(width + STEP_PIXELS);
        else if (event.key === 'ArrowRight') resize(width - STEP_PIXELS);
        else return;
        event.preventDefault();
      }}
    />
  );
}
