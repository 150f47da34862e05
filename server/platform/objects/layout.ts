import path from 'node:path';

/** Where things lie under the data folder. Ids are UUIDs made here, so no name of a user's ever becomes a path. */
export class Layout {
  readonly objects: string;
  readonly uploads: string;
  readonly samples: string;

  constructor(dataDir: string) {
    this.objects = path.join(dataDir, 'objects');
    this.uploads = path.join(dataDir, 'uploads');
    this.samples = path.join(dataDir, 'samples');
  }

  partsOf = (uploadId: string) => path.join(this.uploads, uploadId);
  video = (videoId: string) => path.join(this.objects, videoId);
  source = (videoId: string) => path.join(this.video(videoId), 'source');
  poster = (videoId: string) => path.join(this.video(videoId), 'poster.jpg');
  scrub = (videoId: string) => path.join(this.video(videoId), 'scrub.jpg');
  renditions = (videoId: string) => path.join(this.video(videoId), 'renditions');
  hls = (videoId: string) => path.join(this.video(videoId), 'hls');
  segments = (videoId: string) => path.join(this.video(videoId), 'segments');
}
