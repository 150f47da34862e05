import type Hls from 'hls.js';
import type { HlsConfig } from 'hls.js';
import type { PlaybackError } from './error-recovery.ts';
import { PrefetchedStream } from './prefetched-stream.ts';

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
const HLS_CONFIG: Partial<HlsConfig> = {
  maxBufferLength: 20,
  // Without this, a stream of few bits would be fetched ten minutes ahead.
  maxMaxBufferLength: 30,
  backBufferLength: 60,
  manifestLoadPolicy: policy(10_000, 3),
  playlistLoadPolicy: policy(10_000, 3),
  fragLoadPolicy: policy(10_000, 8),
};

/** An audio track to choose; `id` means it within its stream. */
export interface AudioTrackOption {
  readonly id: number;
  readonly name: string;
  readonly isSelected: boolean;
}

/** An HLS stream behind a video element. */
export interface VideoStream {
  /** The hls.js instance; null where the browser plays HLS itself. */
  readonly hls: Hls | null;
  /** Frames per second, as the manifest says; null where it does not, or is not read yet. */
  getFrameRate(): number | null;
  /** Pending while the frame rate is fetched beside the video; otherwise null. */
  readonly fetchingFrameRate: Promise<void> | null;
  /** Seconds: where the segment that contains a time ends; null when it is not known. */
  getSegmentEnd(time: number): number | null;
  selectAudioTrack(id: number): void;
  reloadManifest(): void;
  resumeLoading(): void;
  recoverMedia(swapAudioCodec: boolean): void;
  close(): void;
}

interface StreamListener {
  onError(error: PlaybackError): void;
  /** A segment was appended to the buffer. */
  onBuffered(): void;
  /** The audio tracks, or the selected one, have changed. Empty where there is no choice. */
  onAudioTracks(tracks: readonly AudioTrackOption[]): void;
}

/** Opens a manifest at a position in seconds. */
export type OpenStream = (manifestUrl: string, position: number, listener: StreamListener) => VideoStream;

/** The code that plays HLS could not be loaded. Browsers remember a failed import, so only a reload helps. */
export class PlayerCodeError extends Error {
  override name = 'PlayerCodeError';

  constructor() {
    super('The video player could not be loaded. Check the connection, then retry.');
  }
}

const AUDIO_TRACK_EVENTS = ['addtrack', 'removetrack', 'change'] as const;

const hasMediaSource = () => 'MediaSource' in window || 'ManagedMediaSource' in window;

const playsHlsItself = (video: HTMLVideoElement) => video.canPlayType('application/vnd.apple.mpegurl') !== '';

const importHls = () => import('hls.js');

/** Begins to load what plays HLS, for a page that is about to. */
export function preloadStreamOpener(): void {
  // A failure is told when something is to be played.
  if (hasMediaSource()) importHls().catch(() => undefined);
}

/** What is likely to be opened next, whichever player opens it. */
const prefetched = new PrefetchedStream();

/** Fetches the start of a stream at a position in seconds, which is then opened sooner. Another one takes its place. */
export function prefetchStream(manifestUrl: string, position: number): void {
  if (hasMediaSource()) prefetched.fetch({ manifestUrl, position }, HLS_CONFIG, importHls);
}

/**
 * Loads what plays HLS in this browser: hls.js where there are Media Source Extensions, otherwise the browser's own player
 * (iPhone before iOS 17.1). Throws `PlayerCodeError`, or an error that says that HLS cannot be played here.
 */
export async function loadStreamOpener(video: HTMLVideoElement): Promise<OpenStream> {
  if (hasMediaSource()) {
    const { default: HlsPlayer } = await importHls().catch(() => {
      throw new PlayerCodeError();
    });
    if (HlsPlayer.isSupported()) {
      return (manifestUrl, position, listener) => openWithHls(HlsPlayer, video, manifestUrl, position, listener);
    }
  }
  if (playsHlsItself(video)) return (manifestUrl, _position, listener) => openNatively(video, manifestUrl, listener);
  throw new Error('This browser cannot play HLS video.');
}

function openWithHls(
  HlsPlayer: typeof Hls,
  video: HTMLVideoElement,
  manifestUrl: string,
  position: number,
  { onError, onBuffered, onAudioTracks }: StreamListener,
): VideoStream {
  const hls = prefetched.take({ manifestUrl, position }) ?? new HlsPlayer({ ...HLS_CONFIG, startPosition: position });
  const { ErrorTypes, Events } = HlsPlayer;
  hls.on(Events.ERROR, (_event, { fatal, type, response }) => {
    if (!fatal) return;
    const kind = type === ErrorTypes.NETWORK_ERROR ? 'network' : type === ErrorTypes.MEDIA_ERROR ? 'media' : 'other';
    onError({ kind, isManifestError: hls.levels.length === 0, httpStatus: response?.code ?? null });
  });
  hls.on(Events.FRAG_BUFFERED, () => onBuffered());
  const reportAudioTracks = () =>
    onAudioTracks(hls.audioTracks.map(({ name }, id) => ({ id, name, isSelected: id === hls.audioTrack })));
  hls.on(Events.AUDIO_TRACKS_UPDATED, reportAudioTracks);
  hls.on(Events.AUDIO_TRACK_SWITCHED, reportAudioTracks);
  if (hls.url === null) hls.loadSource(manifestUrl);
  hls.attachMedia(video);
  if (hls.audioTracks.length > 0) reportAudioTracks();
  return {
    hls,
    getFrameRate: () => hls.levels[Math.max(0, hls.currentLevel)]?.frameRate || null,
    fetchingFrameRate: null,
    // Not by its start: hls.js moves that to the first frame that it has found.
    getSegmentEnd: (time) =>
      hls.levels[Math.max(0, hls.currentLevel)]?.details?.fragments.find(({ end }) => end > time)?.end ?? null,
    selectAudioTrack: (id) => {
      hls.audioTrack = id;
    },
    reloadManifest: () => hls.loadSource(manifestUrl),
    resumeLoading: () => hls.startLoad(),
    recoverMedia: (swapAudioCodec) => {
      if (swapAudioCodec) hls.swapAudioCodec();
      hls.recoverMediaError();
    },
    close: () => hls.destroy(),
  };
}

interface NativeAudioTrack {
  readonly label: string;
  readonly language: string;
  enabled: boolean;
}

/** `HTMLMediaElement.audioTracks`, which only Safari has. */
type NativeAudioTracks = EventTarget & ArrayLike<NativeAudioTrack>;

const hasAudioTracks = (video: HTMLVideoElement): video is HTMLVideoElement & { audioTracks: NativeAudioTracks } =>
  'audioTracks' in video;

/** The frame rate that a multivariant playlist names (RFC 8216, 4.3.4.2); null where it names none. */
export function readFrameRate(playlist: string): number | null {
  const rate = Number(/FRAME-RATE=([\d.]+)/.exec(playlist)?.[1]);
  return rate > 0 ? rate : null;
}

function openNatively(
  video: HTMLVideoElement,
  manifestUrl: string,
  { onError, onAudioTracks }: StreamListener,
): VideoStream {
  const audioTracks = hasAudioTracks(video) ? video.audioTracks : null;
  const reportAudioTracks = () =>
    onAudioTracks(
      Array.from(audioTracks ?? [], ({ label, language, enabled }, id) => ({
        id,
        name: label || language || `Track ${id + 1}`,
        isSelected: enabled,
      })),
    );
  const reload = () => {
    video.src = manifestUrl;
    video.load();
  };
  const report = () => {
    const { code } = video.error ?? {};
    const isNetwork = code === MediaError.MEDIA_ERR_NETWORK;
    const isUnloaded = video.readyState === HTMLMediaElement.HAVE_NOTHING;
    onError({ kind: isNetwork ? 'network' : 'media', isManifestError: isUnloaded || isNetwork, httpStatus: null });
  };
  video.addEventListener('error', report);
  for (const event of AUDIO_TRACK_EVENTS) audioTracks?.addEventListener(event, reportAudioTracks);
  reload();
  // The browser does not tell it, and frames cannot be measured before the video has played.
  let frameRate: number | null = null;
  let fetchingFrameRate: Promise<void> | null = fetch(manifestUrl)
    .then(async (response) => {
      frameRate = readFrameRate(await response.text());
    })
    .catch(() => undefined)
    .finally(() => {
      fetchingFrameRate = null;
    });
  return {
    hls: null,
    getFrameRate: () => frameRate,
    get fetchingFrameRate() {
      return fetchingFrameRate;
    },
    getSegmentEnd: () => null,
    selectAudioTrack: (id) => {
      for (const [index, track] of Array.from(audioTracks ?? []).entries()) track.enabled = index === id;
    },
    reloadManifest: reload,
    resumeLoading: reload,
    recoverMedia: reload,
    close: () => {
      video.removeEventListener('error', report);
      for (const event of AUDIO_TRACK_EVENTS) audioTracks?.removeEventListener(event, reportAudioTracks);
    },
  };
}
