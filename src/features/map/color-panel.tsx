import { Button, Group, SegmentedControl, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { group, rollup } from 'd3';
import { useMemo, useState } from 'react';
import { getErrorMessage } from '#api/errors.ts';
import { NO_CLUSTER } from '#engines/scatter/clusters.ts';
import { plural } from '#lib/format.ts';
import { studioQuery } from '#shared/platform/studio-queries.ts';
import { useSavedSearches } from '#shared/search/saved-search-queries.ts';
import dots from '#shared/segments/segments.module.css';
import { useDraft } from '#ui/use-draft.ts';
import { COLORINGS, type ColorBy, type ColorScale, clusterColor, UNCLUSTERED, WORD_KINDS } from './coloring.ts';
import classes from './map-page.module.css';
import type { MapPoints } from './map-points.ts';
import type { MapVectorsState } from './map-vectors.ts';
import type { MapClusters, MapColoring } from './use-coloring.ts';
import { countShown, type LegendFilter, type MapFilters } from './use-point-states.ts';

/** A run of colors, and what its ends stand for. */
function ScaleBar({ scale: { colors, from, to } }: { scale: ColorScale }) {
  return (
    <div className={classes.scale}>
      <i style={{ background: `linear-gradient(90deg, ${colors.join(', ')})` }} />
      <span>{from}</span>
      <span>{to}</span>
    </div>
  );
}

interface LegendEntry {
  readonly key: string;
  readonly label: string;
  /** Null where the colors mean something else. */
  readonly color: string | null;
  /** Its points. */
  readonly points: readonly number[];
}

interface LegendProps {
  readonly title: string;
  readonly entries: readonly LegendEntry[];
  readonly filter: LegendFilter;
  readonly states: Uint8Array | null;
}

/** Entries that a legend shows at first, and how many more with each press. */
const LEGEND_PAGE_SIZE = 200;

/** Which color is what, and how many segments it has; pressing one hides or shows it, “only” leaves it alone on the map. */
function Legend({ title, entries, filter, states }: LegendProps) {
  /** Of what is hidden here, all; of the rest, what is shown and selected. */
  const getCount = ({ key, points }: LegendEntry) => {
    const shown = filter.isShown(key) ? countShown(points, states) : points.length;
    return shown === points.length ? String(shown) : `${shown} of ${points.length}`;
  };
  const [limit, setLimit] = useState(LEGEND_PAGE_SIZE);
  return (
    <section className={classes.legend}>
      <h2>
        {title}
        {filter.filter.keys.size > 0 && (
          <Button size="compact-xs" variant="subtle" onClick={filter.showAll}>
            Show all
          </Button>
        )}
      </h2>
      <ul aria-label={`${title} on the map`}>
        {entries.slice(0, limit).map(({ key, label, color, points }) => (
          <li key={key}>
            <button
              type="button"
              className={classes.entry}
              aria-pressed={filter.isShown(key)}
              onClick={() => filter.toggle(key)}
              onDoubleClick={() => filter.isolate(key)}
            >
              {color && <i className={dots.dot} style={{ background: color }} />}
              <span>{label}</span>
              <span>{getCount({ key, label, color, points })}</span>
            </button>
            <button
              type="button"
              className={classes.only}
              aria-label={`Only ${label}`}
              onClick={() => filter.isolate(key)}
            >
              only
            </button>
          </li>
        ))}
      </ul>
      {entries.length > limit && (
        <Button size="compact-xs" variant="subtle" onClick={() => setLimit(limit + LEGEND_PAGE_SIZE)}>
          Show more of {entries.length.toLocaleString('en')}
        </Button>
      )}
    </section>
  );
}

/** The words of saved searches, which the map can be colored by. */
function SavedQueries({ chosen, onChoose }: { chosen: string; onChoose(text: string): void }) {
  const { searches } = useSavedSearches();
  const named = searches.flatMap(({ saved_search_id: id, name, search: { query } }) =>
    query ? [{ id, name, query }] : [],
  );
  if (named.length === 0) return null;
  return (
    <Group gap={6} className={classes.saved} aria-label="Saved searches">
      {named.map(({ id, name, query }) => (
        <Button
          key={id}
          size="compact-xs"
          variant={query === chosen ? 'filled' : 'default'}
          aria-pressed={query === chosen}
          title={query}
          onClick={() => onChoose(query)}
        >
          {name}
        </Button>
      ))}
    </Group>
  );
}

/** Colors the map by how close each segment is to a text, and says what that costs. */
function SimilarityBox({ coloring, vectors }: { coloring: MapColoring; vectors: MapVectorsState }) {
  const [text, setText] = useDraft(coloring.text);
  const cost = vectors.cost + 1;
  const error = coloring.error ?? vectors.error;
  return (
    <form
      className={classes.similarity}
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim()) coloring.measureTo(text.trim());
      }}
    >
      <TextInput
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        placeholder="Compare with…"
        aria-label="Color by similarity to"
        maxLength={4096}
        error={error ? getErrorMessage(error) : null}
      />
      <Button
        type="submit"
        variant="default"
        loading={coloring.isMeasuring || vectors.isFetching}
        disabled={text.trim() === ''}
      >
        Color ({plural(cost, 'credit')})
      </Button>
      <SavedQueries chosen={text} onChoose={setText} />
    </form>
  );
}

/** Which color means what is said, written, both or neither, and how many segments that are. */
function WordsLegend({ coloring: { coloring, wordsError } }: { coloring: MapColoring }) {
  const counts = useMemo(
    () =>
      rollup(
        coloring.colors.colorIndex,
        (of) => of.length,
        (kind) => kind,
      ),
    [coloring],
  );
  if (wordsError) {
    return (
      <Text size="sm" c="var(--studio-bad)" role="alert">
        {getErrorMessage(wordsError)}
      </Text>
    );
  }
  return (
    <section className={classes.legend}>
      <h2>Words</h2>
      <ul aria-label="Words on the map">
        {WORD_KINDS.map(({ key, label, color }, kind) => (
          <li key={key} className={classes.entry}>
            <i className={dots.dot} style={{ background: color }} />
            <span>{label}</span>
            <span>{counts.get(kind) ?? 0}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

const NAMES: Readonly<Record<ColorBy, string>> = {
  video: 'Video',
  time: 'Time',
  cluster: 'Cluster',
  similarity: 'Similarity',
  words: 'Words',
};

interface ColorPanelProps {
  readonly points: MapPoints;
  readonly clusters: MapClusters;
  readonly coloring: MapColoring;
  readonly vectors: MapVectorsState;
  readonly filters: MapFilters;
  /** HIDDEN, DIMMED or NORMAL for each point; null when all are normal. */
  readonly states: Uint8Array | null;
  getName(videoId: string): string;
}

const NO_MEMBERS: ReadonlyMap<number, readonly number[]> = new Map();

/** What the colors mean, and what is shown of it. */
export function ColorPanel({ points, clusters, coloring, vectors, filters, states, getName }: ColorPanelProps) {
  const { labels, clusters: found } = clusters;
  const { data: studio } = useQuery(studioQuery);
  // Only the embedded platform says what is said and written.
  const colorings = COLORINGS.filter((value) => value !== 'words' || studio?.platform === 'embedded');
  const videos = useMemo(() => points.videos.toSorted((a, b) => a.position - b.position), [points]);
  const isByCluster = coloring.by === 'cluster';
  const members = useMemo(
    () => (isByCluster ? group(found.of.keys(), (index) => found.of[index] ?? NO_CLUSTER) : NO_MEMBERS),
    [found, isByCluster],
  );
  const getMembers = (cluster: number) => members.get(cluster) ?? [];
  const apart = getMembers(NO_CLUSTER);
  const isByVideo = coloring.by === 'video' || (coloring.by === 'similarity' && !coloring.isMeasured);
  return (
    <>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label="Color by"
        data={colorings.map((value) => ({ value, label: NAMES[value] }))}
        value={coloring.by}
        onChange={coloring.setBy}
      />
      {coloring.by === 'similarity' && <SimilarityBox coloring={coloring} vectors={vectors} />}
      {coloring.coloring.scale && <ScaleBar scale={coloring.coloring.scale} />}
      {coloring.by === 'words' && <WordsLegend coloring={coloring} />}
      {isByCluster && (
        <Legend
          title="Clusters"
          filter={filters.clusters}
          states={states}
          entries={[
            ...labels.map((label, cluster) => ({
              key: String(cluster),
              label,
              color: clusterColor(cluster),
              points: getMembers(cluster),
            })),
            ...(apart.length > 0
              ? [{ key: String(NO_CLUSTER), label: 'Unclustered', color: UNCLUSTERED, points: apart }]
              : []),
          ]}
        />
      )}
      <Legend
        title="Videos"
        filter={filters.videos}
        states={states}
        entries={videos.map(({ id, color, path }) => ({
          key: id,
          label: getName(id),
          color: isByVideo ? color : null,
          points: path,
        }))}
      />
    </>
  );
}
