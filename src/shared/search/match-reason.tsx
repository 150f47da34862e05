import { IconEye, IconMessage, IconTextScan2 } from '@tabler/icons-react';
import type { SearchHit, SearchOption } from '#api/contracts/search.ts';
import { toMatchPieces } from './match-words.ts';
import classes from './search.module.css';

/** What a search looks through, as it is called on pages. */
export const SEARCH_OPTION_NAMES: Readonly<Record<SearchOption, string>> = {
  visual: 'Seen',
  transcription: 'Said',
  text_in_video: 'On screen',
};

const ICONS = { visual: IconEye, transcription: IconMessage, text_in_video: IconTextScan2 } as const;

/** Says why a hit was found, with the words that were; nothing where the platform does not tell. */
export function MatchReason({ hit, query }: { hit: SearchHit; query: string }) {
  const reasons = hit.matched_on ?? [];
  const [textual] = reasons.filter((reason) => reason !== 'visual');
  if (!textual || !hit.matched_text) return null;
  const Icon = ICONS[textual];
  return (
    <span className={classes.reason}>
      <Icon size={14} stroke={1.6} aria-hidden />
      <span>
        {SEARCH_OPTION_NAMES[textual]}: “
        {toMatchPieces(hit.matched_text, query).map(({ text, isMatch }, index) =>
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text never move
          isMatch ? <mark key={index}>{text}</mark> : text,
        )}
        ”{reasons.includes('visual') && ' · also matches visually'}
      </span>
    </span>
  );
}
