import path from 'node:path';
import type { Stage } from '../db/tables.ts';

/**
 * Where things lie under the data folder. Ids are UUIDs made here, so no name of a user's ever becomes a path. What
 * belongs to a video is named by a key relative to the video's folder ("transcode-2/720p.mp4"): each attempt at a stage
 * writes a folder of its own, and the database says which one is published.
 */
export class Layout {
  readonly root: string;
  readonly objects: string;
  readonly uploads: string;
  readonly samples: string;
  /** Objects that no row knows wait here for some days before they are removed. */
  readonly trash: string;

  constructor(dataDir: string) {
    this.root = dataDir;
    this.objects = path.join(dataDir, 'objects');
    this.uploads = path.join(dataDir, 'uploads');
    this.samples = path.join(dataDir, 'samples');
    this.trash = path.join(dataDir, 'trash');
  }

  parts = (uploadId: string) => path.join(this.uploads, uploadId);
  video = (videoId: string) => path.join(this.objects, videoId);
  file = (videoId: string, key: string) => path.join(this.objects, videoId, key);

  /** Key of the folder that an attempt at a stage writes. */
  attemptKey = (job: { stage: Stage; attempt: number }) => `${job.stage}-${job.attempt}`;
  attempt = (job: { videoId: string; stage: Stage; attempt: number }) => this.file(job.videoId, this.attemptKey(job));
}
