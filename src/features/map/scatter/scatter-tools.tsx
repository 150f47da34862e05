import { Paper, Stack } from '@mantine/core';
import {
  IconArrowsMaximize,
  IconHandStop,
  IconLasso,
  IconMarquee2,
  IconMinus,
  IconPlus,
  IconSquare,
  IconSquareMinus,
  IconSquarePlus,
} from '@tabler/icons-react';
import type { ScatterTool, SelectionMode } from '#engines/scatter/gestures.ts';
import { IconAction } from '#ui/icon-action.tsx';
import classes from './scatter.module.css';
import { ZOOM_STEP } from './scatter-keys.ts';

const TOOLS = [
  ['pan', 'Move the map', 'drag', IconHandStop],
  ['lasso', 'Lasso', 'or shift + drag', IconLasso],
  ['box', 'Box', undefined, IconMarquee2],
] as const;

const MODES = [
  ['choose', 'New selection', undefined, IconSquare],
  ['add', 'Add to selection', 'or hold shift', IconSquarePlus],
  ['subtract', 'Subtract from selection', 'or hold alt', IconSquareMinus],
] as const;

interface ScatterToolsProps {
  readonly tool: ScatterTool;
  readonly mode: SelectionMode;
  onTool(tool: ScatterTool): void;
  onMode(mode: SelectionMode): void;
}

/** Which tool the pointer is, in sight: nobody looks for a lasso behind a key. */
export function ScatterTools({ tool, mode, onTool, onMode }: ScatterToolsProps) {
  return (
    <Paper className={classes.toolbar} data-on-plot>
      {TOOLS.map(([value, label, hint, Icon]) => (
        <IconAction
          key={value}
          label={label}
          {...(hint && { hint })}
          pressed={tool === value}
          onClick={() => onTool(value)}
        >
          <Icon size={17} />
        </IconAction>
      ))}
      {tool !== 'pan' && <hr />}
      {tool !== 'pan' &&
        MODES.map(([value, label, hint, Icon]) => (
          <IconAction
            key={value}
            label={label}
            {...(hint && { hint })}
            pressed={mode === value}
            onClick={() => onMode(value)}
          >
            <Icon size={17} />
          </IconAction>
        ))}
    </Paper>
  );
}

interface ZoomToolsProps {
  onZoom(factor: number): void;
  onFit(): void;
}

export function ZoomTools({ onZoom, onFit }: ZoomToolsProps) {
  return (
    <Paper className={classes.zoom} data-on-plot>
      <Stack gap={2}>
        <IconAction label="Zoom in" hint="+" onClick={() => onZoom(ZOOM_STEP)}>
          <IconPlus size={17} />
        </IconAction>
        <IconAction label="Zoom out" hint="-" onClick={() => onZoom(1 / ZOOM_STEP)}>
          <IconMinus size={17} />
        </IconAction>
        <IconAction label="Show all" hint="0" onClick={onFit}>
          <IconArrowsMaximize size={17} />
        </IconAction>
      </Stack>
    </Paper>
  );
}
