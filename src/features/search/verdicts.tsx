import { IconCheck, IconEye, IconX } from '@tabler/icons-react';
import type { Verdict } from '#shared/browser-data/reviews-store.ts';
import { IconAction } from '#ui/icon-action.tsx';
import { choiceParameter } from '#ui/url-state.ts';
import classes from './search-page.module.css';

const REVIEW_FILTERS = ['all', 'open', 'kept', 'rejected'] as const;
/** Which results are listed; `open` ones have no verdict. */
export type ReviewFilter = (typeof REVIEW_FILTERS)[number];
export const REVIEW_FILTER = choiceParameter('show', REVIEW_FILTERS, 'all');

export const REVIEW_FILTER_OPTIONS: readonly { value: ReviewFilter; label: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'open', label: 'To review' },
  { value: 'kept', label: 'Kept' },
  { value: 'rejected', label: 'Rejected' },
];

export const isListed = (filter: ReviewFilter, verdict: Verdict | null): boolean =>
  filter === 'all' || (filter === 'open' ? verdict === null : verdict === filter);

export const VERDICTS = [
  { verdict: 'kept', label: 'Keep', said: 'Kept', key: 'y', Icon: IconCheck },
  { verdict: 'rejected', label: 'Reject', said: 'Rejected', key: 'x', Icon: IconX },
  { verdict: 'reviewed', label: 'Mark as reviewed', said: 'Reviewed', key: 'r', Icon: IconEye },
] as const;

/** The verdict on a result, on its row; nothing before there is one. */
export function VerdictMark({ verdict }: { verdict: Verdict | null }) {
  const known = VERDICTS.find((one) => one.verdict === verdict);
  if (!known) return null;
  return (
    <span className={classes.verdict} data-verdict={known.verdict}>
      <known.Icon size={13} stroke={2.4} aria-hidden />
      {known.said}
    </span>
  );
}

/** Sets the verdict on the result that plays, or takes it back. */
export function VerdictButtons({ verdict, onToggle }: { verdict: Verdict | null; onToggle(verdict: Verdict): void }) {
  return VERDICTS.map(({ verdict: own, label, key, Icon }) => (
    <IconAction
      key={own}
      label={label}
      hint={key.toUpperCase()}
      pressed={verdict === own}
      onClick={() => onToggle(own)}
    >
      <Icon size={17} />
    </IconAction>
  ));
}
