import { Button, Group, NumberInput, Popover, Select, Stack, TextInput } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import { useState } from 'react';
import { MAX_EXCLUSION_COUNT } from '#shared/search/refinement.ts';
import { NO_FILTERS, type PageFilters } from './refinement-url.ts';
import classes from './refinements.module.css';
import type { Search } from './use-search.ts';

const SPEECH = [
  { value: 'yes', label: 'With speech' },
  { value: 'no', label: 'Without speech' },
];

const toMinutes = (seconds: number | null) => (seconds === null ? '' : Math.round((seconds / 60) * 100) / 100);
const toSeconds = (minutes: number | string) =>
  minutes === '' || !Number.isFinite(Number(minutes)) ? null : Math.round(Number(minutes) * 60 * 100) / 100;

interface DaysProps {
  readonly title: string;
  readonly from: string | null;
  readonly until: string | null;
  onChange(from: string | null, until: string | null): void;
}

function Days({ title, from, until, onChange }: DaysProps) {
  return (
    <fieldset className={classes.fieldset}>
      <legend>{title}</legend>
      <div className={classes.range}>
        <TextInput
          type="date"
          size="xs"
          value={from ?? ''}
          max={until ?? undefined}
          aria-label={`${title} from`}
          onChange={(event) => onChange(event.currentTarget.value || null, until)}
        />
        <TextInput
          type="date"
          size="xs"
          value={until ?? ''}
          min={from ?? undefined}
          aria-label={`${title} until`}
          onChange={(event) => onChange(from, event.currentTarget.value || null)}
        />
      </div>
    </fieldset>
  );
}

/** Changes the filters all at once: each change of a search costs a credit. */
function FiltersForm({ search, onClose }: { search: Search; onClose(): void }) {
  const { filters, exclude, refine, isSearch, asked } = search;
  const [draft, setDraft] = useState<PageFilters>(filters);
  const [words, setWords] = useState('');
  const set = (change: Partial<PageFilters>) => setDraft({ ...draft, ...change });
  const isInverted =
    draft.minSeconds !== null && draft.maxSeconds !== null && draft.minSeconds > draft.maxSeconds
      ? 'Must not be below the minimum.'
      : null;
  const apply = (wanted: PageFilters) => {
    const query = words.trim();
    onClose();
    refine({ filters: wanted, exclude: query === '' ? exclude : [...exclude, { query }] });
  };
  const isFull = exclude.length >= MAX_EXCLUSION_COUNT;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!isInverted) apply(draft);
      }}
    >
      <Stack gap="sm">
        <Days
          title="Recorded"
          from={draft.recordedFrom}
          until={draft.recordedUntil}
          onChange={(recordedFrom, recordedUntil) => set({ recordedFrom, recordedUntil })}
        />
        <Days
          title="Added"
          from={draft.addedFrom}
          until={draft.addedUntil}
          onChange={(addedFrom, addedUntil) => set({ addedFrom, addedUntil })}
        />
        <fieldset className={classes.fieldset}>
          <legend>Length of the video, in minutes</legend>
          <div className={classes.range}>
            <NumberInput
              size="xs"
              min={0}
              placeholder="From"
              aria-label="Shortest, in minutes"
              value={toMinutes(draft.minSeconds)}
              onChange={(minutes) => set({ minSeconds: toSeconds(minutes) })}
            />
            <NumberInput
              size="xs"
              min={0}
              placeholder="To"
              aria-label="Longest, in minutes"
              value={toMinutes(draft.maxSeconds)}
              error={isInverted}
              onChange={(minutes) => set({ maxSeconds: toSeconds(minutes) })}
            />
          </div>
        </fieldset>
        <Select
          size="xs"
          label="Speech"
          placeholder="With or without"
          data={SPEECH}
          value={draft.hasSpeech === null ? null : draft.hasSpeech ? 'yes' : 'no'}
          onChange={(value) => set({ hasSpeech: value === null ? null : value === 'yes' })}
          clearable
          // Within the panel, which would close by a press outside of it.
          comboboxProps={{ withinPortal: false }}
        />
        <TextInput
          size="xs"
          label="Exclude"
          description={isFull ? `Up to ${MAX_EXCLUSION_COUNT} can be excluded. Remove one first.` : undefined}
          placeholder="What results must not show"
          maxLength={200}
          disabled={isFull}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        <Group justify="space-between" gap="xs">
          <Button size="xs" variant="subtle" color="gray" onClick={() => apply(NO_FILTERS)}>
            Clear filters
          </Button>
          <Button size="xs" type="submit">
            {isSearch && asked ? 'Apply (1 credit)' : 'Apply'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Opens what narrows a search beside its words. */
export function FiltersButton({ search }: { search: Search }) {
  const [isOpen, setOpen] = useState(false);
  const count = Object.values(search.filters).filter((value) => value !== null).length + search.exclude.length;
  return (
    <Popover opened={isOpen} onChange={setOpen} width={300} position="bottom-start" trapFocus returnFocus shadow="md">
      <Popover.Target>
        <Button
          size="compact-sm"
          variant={count > 0 ? 'light' : 'default'}
          leftSection={<IconFilter size={14} />}
          onClick={() => setOpen(!isOpen)}
        >
          {count > 0 ? `Filters · ${count}` : 'Filters'}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Filters">
        <FiltersForm search={search} onClose={() => setOpen(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}
