// Old path, for `e2e/clips/processed-clip.ts` only; goes with its next change.
// biome-ignore lint/performance/noBarrelFile: an alias of one module.
export { waitForPipelines, waitUntilUploaded } from '../workflows/wait-until-ready.ts';
