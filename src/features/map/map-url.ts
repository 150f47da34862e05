import { MAX_ZOOM, MIN_ZOOM, type View, WHOLE } from '#engines/scatter/camera.ts';
import type { SelectionShape } from '#engines/scatter/select-inside.ts';
import { choiceParameter, textParameter, type UrlParameter } from '#ui/url-state.ts';
import { COLORINGS, type ColorBy } from './coloring.ts';

/** Which entries of a legend are shown: all but some, or only some. */
export interface Filter {
  readonly shows: 'all-but' | 'only';
  readonly keys: ReadonlySet<string>;
}

export const SHOW_ALL: Filter = { shows: 'all-but', keys: new Set() };

/** Reads what `formatFilter` wrote; anything else shows all. */
export function parseFilter(text: string | null): Filter {
  const [shows, ...keys] = text?.split('.') ?? [];
  return (shows === 'only' || shows === 'all-but') && keys.length > 0 ? { shows, keys: new Set(keys) } : SHOW_ALL;
}

/** A filter for the URL; null when all is shown. */
export const formatFilter = ({ shows, keys }: Filter): string | null =>
  keys.size > 0 ? [shows, ...keys].join('.') : null;

export const isShown = ({ shows, keys }: Filter, key: string): boolean => (shows === 'only') === keys.has(key);

/** Shows an entry that was hidden, or hides it; when the last is hidden, all are shown again. */
export function toggleEntry(filter: Filter, key: string): Filter {
  const keys = new Set(filter.keys);
  if (!keys.delete(key)) keys.add(key);
  return keys.size > 0 ? { shows: filter.shows, keys } : SHOW_ALL;
}

/** Shows nothing but an entry; when that is so already, all again. */
export const isolateEntry = (filter: Filter, key: string): Filter =>
  filter.shows === 'only' && filter.keys.size === 1 && filter.keys.has(key)
    ? SHOW_ALL
    : { shows: 'only', keys: new Set([key]) };

/** A coordinate is one of so many steps from -0.5 to 1.5: four digits of base 36. */
const STEPS = 36 ** 4 - 1;
const COORDINATE_DIGITS = 4;
const FROM = -0.5;
const SPAN = 2;
const SIGNS = { choose: '*', add: '+', subtract: '-' } as const;
const DOES = new Map<string | undefined, SelectionShape['does']>([
  ['*', 'choose'],
  ['+', 'add'],
  ['-', 'subtract'],
]);

const toDigits = (value: number): string =>
  Math.round(Math.min(1, Math.max(0, (value - FROM) / SPAN)) * STEPS)
    .toString(36)
    .padStart(COORDINATE_DIGITS, '0');
const toCoordinate = (digits: string): number => (Number.parseInt(digits, 36) / STEPS) * SPAN + FROM;

/** Shapes for the URL: a sign for what each does, then the coordinates of its corners; null when there are none. */
export const formatSelection = (shapes: readonly SelectionShape[]): string | null =>
  shapes
    .map(({ does, polygon }) => SIGNS[does] + polygon.map(({ x, y }) => toDigits(x) + toDigits(y)).join(''))
    .join('') || null;

/** Reads what `formatSelection` wrote; what it cannot read is left out. */
export function parseSelection(text: string | null): SelectionShape[] {
  return [...(text ?? '').matchAll(/([*+-])((?:[\da-z]{8}){3,})/g)].flatMap(([, sign, corners = '']) => {
    const does = DOES.get(sign);
    const polygon = (corners.match(/.{8}/g) ?? []).map((corner) => ({
      x: toCoordinate(corner.slice(0, COORDINATE_DIGITS)),
      y: toCoordinate(corner.slice(COORDINATE_DIGITS)),
    }));
    return does ? [{ does, polygon }] : [];
  });
}

const VIEW_DIGITS = 4;
const isOnMap = (value: number) => value >= -1 && value <= 2;

/** A view for the URL; null for the whole map. */
export function formatView({ x, y, zoom }: View): string | null {
  const text = [x, y, zoom].map((value) => Number(value.toFixed(VIEW_DIGITS))).join(',');
  return text === [WHOLE.x, WHOLE.y, WHOLE.zoom].join(',') ? null : text;
}

/** Reads what `formatView` wrote; anything else is the whole map. */
export function parseView(text: string | null): View {
  const [x = Number.NaN, y = Number.NaN, zoom = Number.NaN] = text?.split(',').map(Number) ?? [];
  return isOnMap(x) && isOnMap(y) && zoom >= MIN_ZOOM && zoom <= MAX_ZOOM ? { x, y, zoom } : WHOLE;
}

/** Whether the segments are shown as a map or as a table. */
export const VIEW = choiceParameter('view', ['map', 'table'], 'map');
/** Where the map is looked at. */
export const CAMERA: UrlParameter<View> = { name: 'at', parse: parseView, format: formatView };
/** What is selected. */
export const SELECTION: UrlParameter<readonly SelectionShape[]> = {
  name: 'sel',
  parse: parseSelection,
  format: formatSelection,
};
/** Which videos, and which clusters, the legends show. */
export const VIDEO_FILTER: UrlParameter<Filter> = { name: 'videos', parse: parseFilter, format: formatFilter };
export const CLUSTER_FILTER: UrlParameter<Filter> = { name: 'clusters', parse: parseFilter, format: formatFilter };

const color = choiceParameter<ColorBy>('color', COLORINGS, 'video');
/** What the colors of the points mean. Links made by version 0.1 say `closeness` for `similarity`. */
export const COLOR: UrlParameter<ColorBy> = {
  ...color,
  parse: (text) => color.parse(text === 'closeness' ? 'similarity' : text),
};
/** The text that similarity is measured to. */
export const SIMILAR_TO = textParameter('to');
