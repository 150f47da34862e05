import type { Picture } from '../picture.ts';
import { type Cells, cellsIn, hasChanged, toCells } from './cells.ts';
import type { Box, Reading } from './text-models.ts';

/** Text that is written in the picture for a while. */
export interface ScreenText {
  /** Seconds. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Left, top, right and bottom as fractions of the picture. */
  readonly box: readonly number[];
  /** 0 to 1. */
  readonly confidence: number;
}

/** What finds and reads text in one frame. */
export interface TextReader {
  find(picture: Picture): Promise<readonly Box[]>;
  read(picture: Picture, box: Box): Promise<Reading>;
}

/** One sampled frame. */
export interface TextFrame {
  readonly time: number;
  /** No side above 512 pixels. */
  readonly picture: Picture;
  readonly startsSegment: boolean;
  /** The frame in the size that text is looked for, and in the one that it is read in; made when they are needed. */
  readonly forFinding: () => Picture;
  readonly forReading: () => Picture;
}

interface Item {
  text: string;
  readonly start: number;
  readonly box: readonly number[];
  readonly cells: readonly number[];
  confidence: number;
  /** A clock or a counter: its digits change. */
  isTicking: boolean;
  readAt: number;
}

/** Of all cells: a segment begins with another picture from here on. */
const MIN_CHANGED_FRACTION = 0.01;
/** So many changed cells with contrast side by side that stay as they are now: something was written there. */
const MIN_NEW_CELLS = 4;
const MIN_TEXT_CONTRAST = 8;
/** Of the cells of a text: it may have changed from here on. */
const MIN_CHANGED_TEXT = 0.12;
/** A clock is read again after this time, in seconds. */
const TICKING_SECONDS = 2;
/** Frames of a shot are searched for text at least so far apart, in seconds. */
const MIN_SEARCH_SECONDS = 1;
const MIN_CONFIDENCE = 0.75;
/** Short texts are found in textures, too. */
const MIN_SHORT_CONFIDENCE = 0.9;
const SHORT_LENGTH = 4;
const SAME_PLACE = 0.4;

const getLetters = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '');

function isText({ text, confidence }: Reading): boolean {
  const letters = getLetters(text);
  // One ideograph can be a word, one Latin letter is none.
  if (letters.length < 2 && !/\p{Script=Han}/u.test(letters)) return false;
  return confidence >= (letters.length < SHORT_LENGTH ? MIN_SHORT_CONFIDENCE : MIN_CONFIDENCE);
}

/** How many characters have to be changed, added or removed. */
function getDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** The same text as another reading gives it, or the same with other digits. */
function compareTexts(a: string, b: string): 'same' | 'digits' | 'other' {
  const [first, second] = [getLetters(a).toLowerCase(), getLetters(b).toLowerCase()];
  if (first === second) return 'same';
  const mask = (text: string) => text.replace(/\d/g, '0');
  const distance = getDistance(mask(first), mask(second));
  if (distance > Math.max(first.length, second.length) * 0.2) return 'other';
  return /\d/.test(first) ? 'digits' : 'same';
}

function overlap(a: readonly number[], b: readonly number[]): number {
  const size = ([left = 0, top = 0, right = 0, bottom = 0]: readonly number[]) =>
    Math.max(0, right - left) * Math.max(0, bottom - top);
  const shared = size([
    Math.max(a[0] ?? 0, b[0] ?? 0),
    Math.max(a[1] ?? 0, b[1] ?? 0),
    Math.min(a[2] ?? 0, b[2] ?? 0),
    Math.min(a[3] ?? 0, b[3] ?? 0),
  ]);
  return shared / Math.max(1e-9, Math.min(size(a), size(b)));
}

const toFractions = ([left, top, right, bottom]: Box, { width, height }: Picture) =>
  [left / width, top / height, right / width, bottom / height].map((value) => Math.round(value * 1e4) / 1e4);

const toPixels = ([left = 0, top = 0, right = 0, bottom = 0]: readonly number[], { width, height }: Picture): Box => [
  Math.max(0, Math.floor(left * width)),
  Math.max(0, Math.floor(top * height)),
  Math.min(width, Math.ceil(right * width)),
  Math.min(height, Math.ceil(bottom * height)),
];

/**
 * Follows what is written in a video's picture. A frame is searched for text when a segment begins with another picture, or when
 * something new stands still in it; texts that are known are read again only where their pixels have changed.
 */
export class ScreenTextTracker {
  readonly #reader: TextReader;
  readonly #done: ScreenText[] = [];
  #items: Item[] = [];
  #previous: { readonly cells: Cells; readonly time: number } | null = null;
  /** Whether the last search within this segment found nothing: then the segment is not searched again. */
  #isBarren = false;
  /** As of the last search. */
  #searched: { readonly cells: Cells; readonly time: number } | null = null;

  constructor(reader: TextReader) {
    this.#reader = reader;
  }

  /** Takes the next frame, in order. */
  async next(frame: TextFrame): Promise<void> {
    const { time, picture } = frame;
    const cells = toCells(picture);
    if (frame.startsSegment) this.#isBarren = false;
    const isEnded = await this.#followKnown(frame, cells);
    const since = this.#findChange(frame, cells);
    if (isEnded || since !== null) await this.#search(frame, cells, since ?? time);
    this.#previous = { cells, time };
  }

  /** Ends all texts. Returns everything that was written, by start. `end` is the end of the video in seconds. */
  finish(end: number): ScreenText[] {
    for (const item of this.#items) this.#close(item, end);
    this.#items = [];
    return this.#done.sort((a, b) => a.start - b.start);
  }

  #close({ text, start, box, confidence }: Item, end: number): void {
    if (end > start) this.#done.push({ start, end, text, box, confidence });
  }

  /** Looks after the texts that are known. True when one of them is gone. */
  async #followKnown(frame: TextFrame, cells: Cells): Promise<boolean> {
    const before = this.#previous?.cells;
    const gone = new Set<Item>();
    for (const item of this.#items) {
      const changed = before ? item.cells.filter((cell) => hasChanged(cells, before, cell)).length : 0;
      const isRead =
        changed > item.cells.length * MIN_CHANGED_TEXT &&
        (frame.startsSegment || !item.isTicking || frame.time - item.readAt >= TICKING_SECONDS);
      if (isRead) {
        const reading = await this.#reader.read(frame.forReading(), toPixels(item.box, frame.forReading()));
        const likeness = isText(reading) ? compareTexts(item.text, reading.text) : 'other';
        if (likeness === 'other') gone.add(item);
        else {
          item.isTicking ||= likeness === 'digits';
          if (likeness === 'same' && reading.confidence > item.confidence) {
            item.text = reading.text;
            item.confidence = reading.confidence;
          }
          item.readAt = frame.time;
        }
      }
    }
    for (const item of gone) this.#close(item, frame.time);
    this.#items = this.#items.filter((item) => !gone.has(item));
    return gone.size > 0;
  }

  /** When the picture became one that has to be searched for text; null when it need not be. */
  #findChange({ time, startsSegment }: TextFrame, cells: Cells): number | null {
    const searched = this.#searched;
    const previous = this.#previous;
    if (!searched || !previous || searched.cells.brightness.length !== cells.brightness.length) return time;
    const known = new Set(this.#items.flatMap((item) => item.cells));
    let changed = 0;
    let run = 0;
    let longestRun = 0;
    for (let cell = 0; cell < cells.brightness.length; cell += 1) {
      if (cell % cells.columns === 0) run = 0;
      const isChanged = !known.has(cell) && hasChanged(cells, searched.cells, cell);
      changed += Number(isChanged);
      const looksWritten = (cells.contrast[cell] ?? 0) > MIN_TEXT_CONTRAST && !hasChanged(cells, previous.cells, cell);
      run = isChanged && looksWritten ? run + 1 : 0;
      longestRun = Math.max(longestRun, run);
    }
    if (startsSegment) return changed > cells.brightness.length * MIN_CHANGED_FRACTION ? time : null;
    const isDue = !this.#isBarren && time - searched.time >= MIN_SEARCH_SECONDS;
    return isDue && longestRun >= MIN_NEW_CELLS ? previous.time : null;
  }

  /** Reads what is new in a frame; it is there since `since`. */
  async #search(frame: TextFrame, cells: Cells, since: number): Promise<void> {
    this.#searched = { cells, time: frame.time };
    const known = this.#items.length;
    for (const found of await this.#reader.find(frame.forFinding())) {
      const box = toFractions(found, frame.forFinding());
      if (this.#items.some((item) => overlap(item.box, box) > SAME_PLACE)) continue;
      const reading = await this.#reader.read(frame.forReading(), toPixels(box, frame.forReading()));
      if (!isText(reading)) continue;
      this.#items.push({
        ...reading,
        start: since,
        box,
        cells: cellsIn(cells, box),
        isTicking: false,
        readAt: frame.time,
      });
    }
    this.#isBarren = !frame.startsSegment && this.#items.length === known;
  }
}
