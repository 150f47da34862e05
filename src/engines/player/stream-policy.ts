import type { HlsConfig } from 'hls.js';

const patient = (maxNumRetry: number) => ({ maxNumRetry, retryDelayMs: 300, maxRetryDelayMs: 2_000 });

const policy = (maxTimeToFirstByteMs: number, maxNumRetry: number) => ({
  default: {
    maxTimeToFirstByteMs,
    maxLoadTimeMs: 60_000,
    timeoutRetry: patient(maxNumRetry),
    errorRetry: patient(maxNumRetry),
  },
});

/** How the studio streams: some seconds ahead, a minute behind to step back in, and quick to try again. */
export const HLS_CONFIG: Partial<HlsConfig> = {
  maxBufferLength: 20,
  // Without this, a stream of few bits would be fetched ten minutes ahead.
  maxMaxBufferLength: 30,
  backBufferLength: 60,
  manifestLoadPolicy: policy(10_000, 3),
  playlistLoadPolicy: policy(10_000, 3),
  fragLoadPolicy: policy(10_000, 8),
};
