import { loadOnce } from '../../load-once.ts';
import type { Models } from './analyze-segment.ts';
import { Detector } from './detector.ts';
import { FaceFinder } from './face-finder.ts';
import { PoseEstimator } from './pose-estimator.ts';
import { SmileFinder } from './smile-finder.ts';

/** The vision models of this thread; loaded when they are first asked for. */
export const loadModels = loadOnce(
  async (): Promise<Models> => ({
    detector: await Detector.load(),
    faces: await FaceFinder.load(),
    poses: await PoseEstimator.load(),
    smiles: await SmileFinder.load(),
  }),
);
