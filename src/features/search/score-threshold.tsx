import { Button, Slider } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import type { SearchHit } from '#api/contracts/search.ts';
import { plural } from '#lib/format.ts';
import { hasSimilarity } from '#shared/search/relevance.ts';
import { useDraft } from '#ui/use-draft.ts';
import classes from './refinements.module.css';

const STEP = 0.01;
const SETTLE_MS = 200;

interface ScoreThresholdProps {
  readonly hits: readonly SearchHit[];
  /** The similarity that results need to be listed; null for any. */
  readonly value: number | null;
  readonly hiddenCount: number;
  onChange(value: number | null): void;
}

/** Hides results that are less similar than a person wants, and says how many; nothing where no result has a similarity. */
export function ScoreThreshold({ hits, value, hiddenCount, onChange }: ScoreThresholdProps) {
  const [shown, setShown] = useDraft(value ?? 0);
  // The URL follows once the slider rests: what it then says is what the slider shows.
  const settle = useDebouncedCallback((next: number) => onChange(next > 0 ? next : null), SETTLE_MS);
  const scores = hits.filter(hasSimilarity).map(({ score }) => score ?? 0);
  if (scores.length === 0) return null;
  // Scores of some models are all below 0.3: the slider ends where the best one is.
  const max = Math.ceil(Math.max(...scores, value ?? 0, STEP) / STEP) * STEP;
  return (
    <div className={classes.threshold}>
      <span aria-hidden>Minimum similarity</span>
      <Slider
        size="sm"
        min={0}
        max={max}
        step={STEP}
        value={shown}
        label={null}
        thumbLabel="Minimum similarity"
        onChange={setShown}
        onChangeEnd={settle}
      />
      <span className={classes.thresholdValue}>{shown > 0 ? shown.toFixed(2) : 'Any'}</span>
      {/* There before it has something to say: screen readers tell what changes. */}
      <span role="status" className={classes.hidden} hidden={hiddenCount === 0}>
        {hiddenCount > 0 && (
          <>
            {plural(hiddenCount, 'result')} hidden{' '}
            <Button size="compact-xs" variant="subtle" onClick={() => onChange(null)}>
              Show all
            </Button>
          </>
        )}
      </span>
    </div>
  );
}
