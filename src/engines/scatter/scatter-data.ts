/** Points as columns, so that a million cost no objects. Coordinates in data units, as the API's map has them: [0, 1]. */
export interface ScatterPoints {
  readonly x: Float32Array;
  readonly y: Float32Array;
}

/** Each point's color, as an index into a palette. */
export interface ScatterColors {
  readonly colorIndex: Uint16Array;
  /** CSS colors. */
  readonly palette: readonly string[];
}

/** How a point stands among the others. A hidden one is drawn as a trace and cannot be picked. */
export const NORMAL = 0;
export const DIMMED = 1;
export const HIDDEN = 2;

/** The opacity of points that are not normal, by state. */
export const OPACITY = { [DIMMED]: 0.2, [HIDDEN]: 0.06 } as const;

/** A place: in data units or in CSS pixels of the element, as said where it is used. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** CSS colors of everything that is not a point. */
export interface ScatterTheme {
  readonly background: string;
  readonly grid: string;
  readonly label: string;
  readonly ring: string;
  readonly accent: string;
}

/** The border of a group of points, in data units, and what it is called. */
export interface Outline {
  readonly rings: readonly (readonly Point[])[];
  readonly label: string;
  /** The highest place of the border: the label stands on it. */
  readonly at: Point;
  readonly color: string;
}

/** What stands out from the other points. */
export interface ScatterMarks {
  /** The point that is playing. */
  readonly active: number | null;
  /** Say because a search found them; the one that matters most first. */
  readonly highlighted: readonly number[];
  /** Points in the order in which a video passes them. */
  readonly path: readonly number[];
}

export const NO_POINTS: ScatterPoints = { x: new Float32Array(), y: new Float32Array() };
export const NO_MARKS: ScatterMarks = { active: null, highlighted: [], path: [] };
