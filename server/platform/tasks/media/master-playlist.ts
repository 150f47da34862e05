import type { TrackLabel } from '../protocol.ts';

const AUDIO_GROUP = 'audio';
const SUBTITLE_GROUP = 'subtitles';

export interface MediaEntry {
  readonly label: TrackLabel;
  readonly uri: string;
}

export interface VariantEntry {
  readonly uri: string;
  /** Bits per second, measured. */
  readonly bandwidth: number;
  readonly width: number;
  readonly height: number;
  /** Frames per second. */
  readonly frameRate: number;
  /** As RFC 6381 writes them ("avc1.64001f"). */
  readonly codecs: readonly string[];
}

export interface MasterPlaylist {
  /** To choose from, the default one first; empty where the only one is in the variants themselves. */
  readonly audio: readonly MediaEntry[];
  readonly subtitles: readonly MediaEntry[];
  readonly variants: readonly VariantEntry[];
}

/** What people choose a track by; never empty, and different for each of them. */
export function nameTracks(tracks: readonly TrackLabel[]): string[] {
  const languages = new Intl.DisplayNames('en', { type: 'language' });
  const names = tracks.map(
    ({ title, language }, index) => title ?? (language ? languages.of(language) : undefined) ?? `Track ${index + 1}`,
  );
  return names.map((name, index) =>
    names.indexOf(name) === names.lastIndexOf(name) ? name : `${name} (${index + 1})`,
  );
}

const quote = (text: string) => `"${text}"`;

const formatAttributes = (attributes: Readonly<Record<string, string | null>>) =>
  Object.entries(attributes)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name}=${value}`)
    .join(',');

function formatMedia(type: 'AUDIO' | 'SUBTITLES', group: string, entries: readonly MediaEntry[]): string[] {
  const names = nameTracks(entries.map(({ label }) => label));
  return entries.map(({ label, uri }, index) => {
    const isAudio = type === 'AUDIO';
    const attributes = formatAttributes({
      TYPE: type,
      'GROUP-ID': quote(group),
      NAME: quote(names[index] ?? ''),
      LANGUAGE: label.language === null ? null : quote(label.language),
      DEFAULT: isAudio && index === 0 ? 'YES' : 'NO',
      AUTOSELECT: isAudio ? 'YES' : 'NO',
      CHANNELS: isAudio ? quote('2') : null,
      URI: quote(uri),
    });
    return `#EXT-X-MEDIA:${attributes}`;
  });
}

/** Bits per second that a player should plan for: peaks lie above the average. */
const getPeakBandwidth = (bandwidth: number) => Math.ceil(bandwidth * 1.4);

/** An HLS multivariant playlist (RFC 8216). */
export function formatMasterPlaylist({ audio, subtitles, variants }: MasterPlaylist): string {
  const lines = [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    '#EXT-X-INDEPENDENT-SEGMENTS',
    ...formatMedia('AUDIO', AUDIO_GROUP, audio),
    ...formatMedia('SUBTITLES', SUBTITLE_GROUP, subtitles),
  ];
  for (const { uri, bandwidth, width, height, frameRate, codecs } of variants) {
    const attributes = formatAttributes({
      BANDWIDTH: String(getPeakBandwidth(bandwidth)),
      'AVERAGE-BANDWIDTH': String(bandwidth),
      CODECS: quote(codecs.join(',')),
      RESOLUTION: `${width}x${height}`,
      'FRAME-RATE': frameRate.toFixed(3),
      AUDIO: audio.length > 0 ? quote(AUDIO_GROUP) : null,
      SUBTITLES: subtitles.length > 0 ? quote(SUBTITLE_GROUP) : null,
    });
    lines.push(`#EXT-X-STREAM-INF:${attributes}`, uri);
  }
  return `${lines.join('\n')}\n`;
}

/** The same playlist with these subtitles instead of those that it has; `keepOwn` leaves those before them. */
export function withSubtitles(playlist: string, entries: readonly MediaEntry[], keepOwn: boolean): string {
  const isSubtitles = (line: string) => line.startsWith('#EXT-X-MEDIA:TYPE=SUBTITLES');
  const lines = playlist.split('\n').filter((line) => keepOwn || !isSubtitles(line));
  const hasSubtitles = entries.length > 0 || lines.some(isSubtitles);
  const at = lines.findIndex((line) => line.startsWith('#EXT-X-STREAM-INF'));
  lines.splice(at === -1 ? lines.length : at, 0, ...formatMedia('SUBTITLES', SUBTITLE_GROUP, entries));
  return lines
    .map((line) => {
      if (!line.startsWith('#EXT-X-STREAM-INF')) return line;
      const bare = line.replace(/,SUBTITLES="[^"]*"/, '');
      return hasSubtitles ? `${bare},SUBTITLES=${quote(SUBTITLE_GROUP)}` : bare;
    })
    .join('\n');
}

/** A playlist of one WebVTT file that spans the video. */
export const formatSubtitlePlaylist = (file: string, seconds: number) =>
  [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    `#EXT-X-TARGETDURATION:${Math.ceil(seconds)}`,
    '#EXT-X-PLAYLIST-TYPE:VOD',
    `#EXTINF:${seconds.toFixed(3)},`,
    file,
    '#EXT-X-ENDLIST',
    '',
  ].join('\n');
