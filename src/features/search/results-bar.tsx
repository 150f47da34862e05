import { ActionIcon, Group, Select, Text, Tooltip } from '@mantine/core';
import { IconCheck, IconCode, IconLink, IconMap2, IconPlaylist } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import type { SearchHit } from '#api/contracts/search.ts';
import { plural } from '#lib/format.ts';
import { searchCode } from '#shared/code-samples/code-for.ts';
import { CodeSampleModal } from '#shared/code-samples/code-sample.tsx';
import type { Refinement } from '#shared/search/refinement.ts';
import { resolvedScopeQuery, type SearchScope } from '#shared/search/scope.ts';
import { QUERY } from '#shared/search/search-queries.ts';
import { COLLECTIONS, VIDEOS } from '#shared/search/use-scope.ts';
import { useCopy } from '#ui/copy.tsx';
import { ExportMenu } from '#ui/export-menu.tsx';
import { IconAction } from '#ui/icon-action.tsx';
import { saveFile, toFileName } from '#ui/save-file.ts';
import { applyChanges, toChange, useUrlState } from '#ui/url-state.ts';
import { hitsAsCsv, hitsAsJson } from './export-hits.ts';
import classes from './search-page.module.css';
import type { Arrangement, Results } from './use-results.ts';
import { REVIEW_FILTER_OPTIONS, type ReviewFilter } from './verdicts.tsx';

interface ResultsBarProps {
  readonly query: string;
  readonly hits: readonly SearchHit[];
  readonly scope: SearchScope;
  readonly topK: number;
  readonly refinement: Refinement;
  readonly arrangement: Arrangement;
  readonly results: Results;
  readonly filter: ReviewFilter;
  onArrange(arrangement: Arrangement): void;
  onFilter(filter: ReviewFilter): void;
  getName(videoId: string): string;
}

const ARRANGEMENTS: { value: Arrangement; label: string }[] = [
  { value: 'rank', label: 'Best match' },
  { value: 'video', label: 'Group by video' },
  { value: 'video-time', label: 'Group by video, in time order' },
];

/** What can be done with the hits as a whole. */
export function ResultsBar({
  query,
  hits,
  results,
  scope,
  topK,
  refinement,
  arrangement,
  filter,
  onArrange,
  onFilter,
  getName,
}: ResultsBarProps) {
  const [showsCode, setShowsCode] = useState(false);
  const { data: resolved } = useQuery({ ...resolvedScopeQuery(scope), enabled: showsCode });
  const { copy, copied } = useCopy();
  const { get } = useUrlState();
  /** The text and the scope of this search, for the map's URL. */
  const mapSearch = applyChanges(new URLSearchParams(), [
    toChange(QUERY, query),
    toChange(VIDEOS, get(VIDEOS)),
    toChange(COLLECTIONS, get(COLLECTIONS)),
  ]);
  const rows = () =>
    hits.flatMap((hit) => {
      const result = results.findResult(hit);
      return result ? [{ hit, name: getName(hit.video_id), verdict: results.getVerdict(result) }] : [];
    });
  return (
    <Group justify="space-between" mb={8} gap={4}>
      <Text size="xs" c="var(--studio-quiet)" title="Repeating this search in this session is free.">
        {plural(results.count, 'result')} · 1 credit
      </Text>
      <Group gap={2} className={classes.barTools}>
        <Select
          size="xs"
          w={104}
          data={REVIEW_FILTER_OPTIONS}
          value={filter}
          onChange={(value) => onFilter(REVIEW_FILTER_OPTIONS.find((known) => known.value === value)?.value ?? 'all')}
          allowDeselect={false}
          aria-label="Show results by verdict"
        />
        <Select
          size="xs"
          w={136}
          comboboxProps={{ width: 230, position: 'bottom-start' }}
          data={ARRANGEMENTS}
          value={arrangement}
          onChange={(value) => onArrange(ARRANGEMENTS.find((known) => known.value === value)?.value ?? 'rank')}
          allowDeselect={false}
          aria-label="Sort hits"
        />
        <Tooltip label="Show on the map">
          <ActionIcon
            component={Link}
            to={`/map?${mapSearch}`}
            variant="subtle"
            color="gray"
            aria-label="Show on the map"
          >
            <IconMap2 size={16} />
          </ActionIcon>
        </Tooltip>
        <IconAction label="Play all in order" disabled={!results.canPlayAll} onClick={results.playAll}>
          <IconPlaylist size={16} />
        </IconAction>
        <ExportMenu
          label="Export hits"
          formats={[
            {
              name: 'CSV',
              save: () => saveFile(toFileName(query, 'csv'), hitsAsCsv(rows()), 'text/csv;charset=utf-8'),
            },
            {
              name: 'JSON',
              save: () => saveFile(toFileName(query, 'json'), hitsAsJson(query, rows()), 'application/json'),
            },
          ]}
        />
        <IconAction label={copied ? 'Copied' : 'Copy a link to this search'} onClick={() => copy(window.location.href)}>
          {copied ? <IconCheck size={16} /> : <IconLink size={16} />}
        </IconAction>
        <IconAction label="Show as code" onClick={() => setShowsCode(true)}>
          <IconCode size={16} />
        </IconAction>
      </Group>
      {showsCode && resolved && (
        <CodeSampleModal
          title="This search as code"
          code={searchCode(query, { ...resolved, topK, refinement })}
          answer={hits}
          onClose={() => setShowsCode(false)}
        />
      )}
    </Group>
  );
}
