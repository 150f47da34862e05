import { digest } from './digest.ts';

/** RFC 9562's namespace for names that are URLs. */
const NAMESPACE_URL = '6ba7b8119dad11d180b400c04fd430c8';

/**
 * The row id of a segment in a vector database: uuid5(NAMESPACE_URL, "video_id|start|end"), as the SDK document's
 * snippets write it, so that pushing a video twice changes nothing and both can share an index.
 */
export async function segmentRowId(videoId: string, start: string, end: string): Promise<string> {
  const namespace = Uint8Array.from(NAMESPACE_URL.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  const name = new TextEncoder().encode(`${videoId}|${start}|${end}`);
  const bytes = (await digest('SHA-1', new Uint8Array([...namespace, ...name]))).slice(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
