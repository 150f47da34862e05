import { quadtree, range } from 'd3';
import { toAffine, toTransform, WHOLE } from '../../src/engines/scatter/camera.ts';
import { findClusters } from '../../src/engines/scatter/clusters.ts';
import { indexPoints, nearestPoint } from '../../src/engines/scatter/point-index.ts';
import { pointOpacity, pointRadius } from '../../src/engines/scatter/scatter-data.ts';
import { selectInside } from '../../src/engines/scatter/select-inside.ts';
import { CANDIDATES, type CandidateName } from './candidates.ts';
import { benchData } from './data.ts';

/** Milliseconds that candidates have worked in frames. */
let worked = 0;
const ownFrame = window.requestAnimationFrame.bind(window);
window.requestAnimationFrame = (callback) =>
  ownFrame((time) => {
    const before = performance.now();
    callback(time);
    worked += performance.now() - before;
  });
const frame = () => new Promise<void>((resolve) => ownFrame(() => resolve()));
const getData = (count: number) => benchData(count, pointRadius(count, 1), pointOpacity(count));
/** Zooming in, then out again, around a place beside the middle. */
const WHEELS = [...Array<number>(15).fill(-60), ...Array<number>(15).fill(60)];
const BUDGET_MS = 12_000;

const HIT_ROUNDS = 2_000;

/** Runs in the page; milliseconds. */
const bench = {
  /**
   * From arrays in memory to the first picture, then the mean work of a frame while a wheel zooms in and out: script
   * until the pixels can be read. Of SVG, which paints after the script, the time from one frame to the next.
   */
  async draw(name: CandidateName, count: number) {
    const data = getData(count);
    const root = document.getElementById('plot');
    if (!root) throw new Error('There is no plot.');
    await frame();
    const before = performance.now();
    const { target, finish, ready } = CANDIDATES[name](root, data);
    await frame();
    await frame();
    if (finish) finish();
    else await frame();
    const first = performance.now() - before;
    await ready;
    // Whatever is put off until after the first picture is over.
    for (let at = 0; at < 10; at += 1) await frame();
    await new Promise((resolve) => setTimeout(resolve, 500));
    const { left, top } = target.getBoundingClientRect();
    const at = { clientX: left + 400, clientY: top + 280, bubbles: true, cancelable: true };
    target.dispatchEvent(new MouseEvent('mousemove', at));
    const started = performance.now();
    let [frames, spent] = [0, 0];
    for (const deltaY of WHEELS) {
      worked = 0;
      const before = performance.now();
      target.dispatchEvent(new WheelEvent('wheel', { ...at, deltaY }));
      const handled = performance.now() - before;
      await frame();
      const shown = performance.now();
      finish?.();
      spent += finish ? handled + worked + performance.now() - shown : shown - before;
      frames += 1;
      if (performance.now() - started > BUDGET_MS) break;
    }
    return { first, frame: spent / frames };
  },

  /** What is under the pointer: our index, d3's quadtree, and trying all; a lasso; clusters. */
  hit(count: number) {
    const { x, y } = getData(count);
    const timed = <Result>(work: () => Result) => {
      const before = performance.now();
      const result = work();
      return { ms: performance.now() - before, result };
    };
    const affine = toAffine(toTransform(WHOLE, 900, 600), 900, 600);
    const places = range(HIT_ROUNDS).map((round) => ({ x: (round * 97) % 900, y: (round * 61) % 600 }));
    const built = timed(() => indexPoints({ x, y }));
    const ours = timed(() =>
      places.filter((place) => nearestPoint(built.result, affine, place, 12, () => true) !== null),
    );
    const tree = timed(() =>
      quadtree<number>()
        .x((index) => affine.ox + affine.sx * (x[index] ?? 0))
        .y((index) => affine.oy + affine.sy * (y[index] ?? 0))
        .addAll(range(count)),
    );
    const theirs = timed(() => places.filter((place) => tree.result.find(place.x, place.y, 12) !== undefined));
    if (ours.result.length !== theirs.result.length) throw new Error('The two indexes disagree.');
    const lasso = range(60).map((at) => ({
      x: 0.5 + 0.3 * Math.sin(at / 9.55) * (1 + 0.2 * Math.sin(at)),
      y: 0.5 + 0.3 * Math.cos(at / 9.55),
    }));
    return {
      build: built.ms,
      hit: ours.ms / HIT_ROUNDS,
      treeBuild: tree.ms,
      treeHit: theirs.ms / HIT_ROUNDS,
      lasso: timed(() => selectInside({ x, y }, [{ does: 'choose', polygon: lasso }])).ms,
      clusters: timed(() => findClusters({ x, y })).ms,
    };
  },
};

declare global {
  interface Window {
    bench: typeof import('./main.ts').bench;
  }
}

export { bench };

window.bench = bench;
