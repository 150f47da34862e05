import { MAX_ZOOM, MIN_ZOOM, type View, WHOLE } from '#engines/scatter/camera.ts';

const DIGITS = 4;
const isOnMap = (value: number) => value >= -1 && value <= 2;

/** A view for the URL; null for the whole map. */
export function viewText({ x, y, zoom }: View): string | null {
  const text = [x, y, zoom].map((value) => Number(value.toFixed(DIGITS))).join(',');
  return text === [WHOLE.x, WHOLE.y, WHOLE.zoom].join(',') ? null : text;
}

/** Reads what `viewText` wrote; anything else is the whole map. */
export function parseView(text: string | null): View {
  const [x = Number.NaN, y = Number.NaN, zoom = Number.NaN] = text?.split(',').map(Number) ?? [];
  return isOnMap(x) && isOnMap(y) && zoom >= MIN_ZOOM && zoom <= MAX_ZOOM ? { x, y, zoom } : WHOLE;
}
