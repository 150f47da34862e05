import type { Stream } from 'node-av';
import type { TrackLabel } from '../protocol.ts';
import { toLanguageTag } from './language-tag.ts';

const MAX_TITLE_LENGTH = 80;

/** The language and the title of a track, as far as the file tells them. */
export function getTrackLabel(stream: Stream): TrackLabel {
  const { metadata } = stream;
  const title = metadata?.get('title') ?? metadata?.get('name') ?? '';
  // Titles go into manifests, where quotes and line breaks would end an attribute.
  const clean = title.replace(/["\p{Cc}]+/gu, ' ').trim();
  return {
    language: toLanguageTag(metadata?.get('language') ?? null),
    // By characters: half of one cannot be stored.
    title: [...clean].slice(0, MAX_TITLE_LENGTH).join('') || null,
  };
}
