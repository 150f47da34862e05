import { indexPoints } from './point-index.ts';
import type { ScatterPoints } from './scatter-data.ts';

/** Builds the index of many points beside the page, and hands over its memory. */
self.onmessage = ({ data }: MessageEvent<ScatterPoints>) => {
  const built = indexPoints(data).data;
  self.postMessage(built, { transfer: built instanceof ArrayBuffer ? [built] : [] });
};
