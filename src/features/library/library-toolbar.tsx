import { ActionIcon, Button, Group, SegmentedControl, Select, Text, TextInput, Tooltip } from '@mantine/core';
import {
  IconFilter,
  IconFilterOff,
  IconLayoutGrid,
  IconList,
  IconSearch,
  IconSortAscending,
  IconSortDescending,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { VIDEO_STATUSES } from '#api/contracts/videos.ts';
import { allCollectionsQuery } from '#shared/collections/collection-queries.ts';
import type { VideoOrder, VideoSort } from '#shared/videos/video-grid.tsx';
import classes from './library.module.css';
import type { LibraryFilter } from './use-library.ts';

const STATUS_LABELS: Readonly<Record<string, string>> = {
  uploaded: 'Uploaded',
  analysed: 'Analyzed',
  search_processed: 'Searchable',
  processed: 'Processed (both)',
};

const SORTS: readonly { value: VideoSort; label: string }[] = [
  { value: 'created_at', label: 'Date added' },
  { value: 'recorded_at', label: 'Recorded' },
  { value: 'name', label: 'Name' },
  { value: 'duration', label: 'Duration' },
];

/** Orders that hosted platforms do not have. */
const EMBEDDED_SORTS: ReadonlySet<VideoSort> = new Set(['duration', 'recorded_at']);

interface LibraryToolbarProps {
  readonly filter: LibraryFilter;
  readonly sort: VideoOrder;
  readonly isFiltered: boolean;
  onChange(change: Partial<LibraryFilter>): void;
  onClear(): void;
}

/** The library's filters, its order and its view. */
export function LibraryToolbar({ filter, sort, isFiltered, onChange, onClear }: LibraryToolbarProps) {
  const { data: collections = [] } = useQuery(allCollectionsQuery);
  const names = collections.map(({ collection_id, name }) => ({ value: collection_id, label: `Not in ${name}` }));
  // On a narrow screen the videos come first: all filters but the name unfold on demand.
  const [isOpen, setOpen] = useState(false);
  const orderLabel = filter.order === 'asc' ? 'Ascending' : 'Descending';
  return (
    <div className={classes.toolbar}>
      <TextInput
        className={classes.nameFilter}
        value={filter.name}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
        placeholder="Filter by name"
        aria-label="Filter by name"
        leftSection={<IconSearch size={15} />}
      />
      <Button
        className={classes.unfold}
        variant="default"
        leftSection={<IconFilter size={15} />}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        Filters
      </Button>
      <div className={classes.more} data-open={isOpen}>
        <Select
          className={classes.statusFilter}
          data={VIDEO_STATUSES.map((value) => ({ value, label: STATUS_LABELS[value] ?? value }))}
          value={filter.status}
          onChange={(status) => onChange({ status: VIDEO_STATUSES.find((known) => known === status) ?? null })}
          placeholder="Any status"
          aria-label="Status"
          clearable
        />
        <Group gap={4} wrap="nowrap">
          <Text size="sm" c="var(--studio-quiet)">
            Added
          </Text>
          <TextInput
            type="date"
            value={filter.from ?? ''}
            max={filter.to ?? undefined}
            onChange={(event) => onChange({ from: event.currentTarget.value || null })}
            aria-label="Added from"
          />
          <span aria-hidden>–</span>
          <TextInput
            type="date"
            value={filter.to ?? ''}
            min={filter.from ?? undefined}
            onChange={(event) => onChange({ to: event.currentTarget.value || null })}
            aria-label="Added until"
          />
        </Group>
        <Select
          className={classes.collectionFilter}
          data={names}
          value={filter.notIn}
          onChange={(notIn) => onChange({ notIn })}
          placeholder="Any collection"
          aria-label="Not in collection"
          clearable
          searchable
        />
      </div>
      {isFiltered && (
        <Button variant="subtle" color="gray" size="sm" leftSection={<IconFilterOff size={15} />} onClick={onClear}>
          Clear
        </Button>
      )}
      <Group gap={6} wrap="nowrap" ml="auto">
        <Select
          className={classes.sort}
          data={SORTS.filter(({ value }) => sort.canSortByMetadata || !EMBEDDED_SORTS.has(value))}
          value={filter.sort}
          onChange={(value) => {
            const by = SORTS.find((known) => known.value === value)?.value ?? 'created_at';
            onChange({ sort: by, order: by === 'name' ? 'asc' : 'desc' });
          }}
          aria-label="Sort by"
          allowDeselect={false}
        />
        <Tooltip label={orderLabel}>
          <ActionIcon
            variant="default"
            size={36}
            aria-label={orderLabel}
            onClick={() => onChange({ order: filter.order === 'asc' ? 'desc' : 'asc' })}
          >
            {filter.order === 'asc' ? <IconSortAscending size={17} /> : <IconSortDescending size={17} />}
          </ActionIcon>
        </Tooltip>
        <SegmentedControl
          value={filter.view}
          onChange={(view) => onChange({ view: view === 'table' ? 'table' : 'grid' })}
          aria-label="View"
          classNames={{ root: classes.view, control: classes.viewControl, label: classes.viewLabel }}
          data={[
            { value: 'grid', label: <IconLayoutGrid size={16} aria-label="Grid" /> },
            { value: 'table', label: <IconList size={16} aria-label="Table" /> },
          ]}
        />
      </Group>
    </div>
  );
}
