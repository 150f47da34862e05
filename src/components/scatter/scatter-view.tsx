import { ActionIcon, Stack, Tooltip, useComputedColorScheme } from '@mantine/core';
import { IconArrowsMaximize, IconMinus, IconPlus } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { ScatterData, ScatterTheme } from './paint.ts';
import classes from './scatter.module.css';
import { ScatterPlot } from './scatter-plot.ts';

const THEMES: Readonly<Record<'dark' | 'light', ScatterTheme>> = {
  dark: { grid: 'rgb(255 255 255 / 9%)', label: '#8d939e', ring: '#ffffff' },
  light: { grid: 'rgb(0 0 0 / 10%)', label: '#5c626c', ring: '#16181c' },
};

export interface ScatterViewProps {
  readonly data: ScatterData;
  readonly active: number | null;
  readonly faded: Uint8Array | null;
  /** Points that stand out. */
  readonly lit: readonly number[];
  readonly label: string;
  onPick(index: number): void;
  /** What to show beside the point under the pointer. */
  renderHover(index: number, at: { x: number; y: number }): ReactNode;
}

/** The scatter engine in a page: hands it data, shows what it reports. */
export function ScatterView({ data, active, faded, lit, label, onPick, renderHover }: ScatterViewProps) {
  const element = useRef<HTMLDivElement>(null);
  const plot = useRef<ScatterPlot>(null);
  const pick = useRef(onPick);
  const [hovered, setHovered] = useState<{ index: number; at: { x: number; y: number } } | null>(null);
  const scheme = useComputedColorScheme('dark');

  useEffect(() => {
    pick.current = onPick;
  }, [onPick]);

  useEffect(() => {
    if (!element.current) return;
    const made = new ScatterPlot(element.current, THEMES.dark, {
      onHover: (index, at) => setHovered(index === null ? null : { index, at }),
      onPick: (index) => pick.current(index),
    });
    plot.current = made;
    return () => made.destroy();
  }, []);

  useEffect(() => plot.current?.setTheme(THEMES[scheme]), [scheme]);
  useEffect(() => plot.current?.setData(data), [data]);
  useEffect(() => plot.current?.setActive(active), [active]);
  useEffect(() => plot.current?.setFaded(faded), [faded]);
  useEffect(() => plot.current?.setLit(lit), [lit]);

  return (
    <div ref={element} className={classes.plot} role="img" aria-label={label} data-testid="map">
      {hovered && renderHover(hovered.index, hovered.at)}
      <Stack className={classes.tools} gap={6}>
        <Tool label="Zoom in" onClick={() => plot.current?.zoomBy(1.6)} icon={<IconPlus size={16} />} />
        <Tool label="Zoom out" onClick={() => plot.current?.zoomBy(1 / 1.6)} icon={<IconMinus size={16} />} />
        <Tool label="Show all" onClick={() => plot.current?.fit()} icon={<IconArrowsMaximize size={16} />} />
      </Stack>
    </div>
  );
}

function Tool({ label, icon, onClick }: { label: string; icon: ReactNode; onClick(): void }) {
  return (
    <Tooltip label={label} position="left">
      <ActionIcon variant="default" aria-label={label} onClick={onClick}>
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}
