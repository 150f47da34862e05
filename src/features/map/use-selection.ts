import { useMemo } from 'react';
import { HIDDEN } from '#engines/scatter/scatter-data.ts';
import { type SelectionShape, selectInside, toBox } from '#engines/scatter/select-inside.ts';
import { useUrlParameter } from '#ui/use-url-parameter.ts';
import type { MapPoints } from './map-points.ts';
import { parseSelection, selectionText } from './selection-text.ts';

/** Half the side of the square that takes one point, in data units. */
const AROUND = 4e-6;

/** The selected segments: whatever lies in the shapes that the URL holds, and is not hidden. */
export function useSelection({ places, segments }: MapPoints, hidden: Uint8Array | null) {
  const [text, setText] = useUrlParameter('sel');
  const mask = useMemo(() => {
    const inside = selectInside(places, parseSelection(text));
    return inside && hidden ? inside.map((value, index) => (hidden[index] === HIDDEN ? 0 : value)) : inside;
  }, [places, text, hidden]);
  /** In the order of videos and time. */
  const indices = useMemo(() => {
    const selected = segments.flatMap((_, index) => (mask?.[index] === 1 ? [index] : []));
    const at = (index: number) => segments[index] ?? { videoId: '', start: 0 };
    return selected.sort((a, b) => at(a).videoId.localeCompare(at(b).videoId) || at(a).start - at(b).start);
  }, [segments, mask]);
  const add = (shape: SelectionShape) => {
    const before = shape.does === 'choose' ? [] : parseSelection(text);
    setText(selectionText([...before, shape]));
  };
  const toggle = (index: number) => {
    const [x, y] = [places.x[index] ?? 0, places.y[index] ?? 0];
    const polygon = toBox({ x: x - AROUND, y: y - AROUND }, { x: x + AROUND, y: y + AROUND });
    add({ does: mask?.[index] === 1 ? 'subtract' : 'add', polygon });
  };
  return { mask, indices, add, toggle, clear: () => setText(null) };
}
