import { SegmentedControl } from '@mantine/core';
import { NO_CLUSTER } from '#engines/scatter/clusters.ts';
import { COLORINGS, type ColorBy, clusterColor, UNCLUSTERED } from './coloring.ts';
import { Legend } from './legend.tsx';
import type { MapPoints } from './map-points.ts';
import { ScaleBar } from './scale-bar.tsx';
import { SimilarityBox } from './similarity-box.tsx';
import type { MapClusters, MapColoring } from './use-coloring.ts';
import type { MapFilters } from './use-filters.ts';
import type { MapVectorsState } from './use-vectors.ts';

const NAMES: Readonly<Record<ColorBy, string>> = {
  video: 'Video',
  time: 'Time',
  cluster: 'Cluster',
  similarity: 'Similarity',
};

interface ColorPanelProps {
  readonly points: MapPoints;
  readonly clusters: MapClusters;
  readonly coloring: MapColoring;
  readonly vectors: MapVectorsState;
  readonly filters: MapFilters;
  getName(videoId: string): string;
}

/** What the colors mean, and what is shown of it. */
export function ColorPanel({ points, clusters, coloring, vectors, filters, getName }: ColorPanelProps) {
  const { labels, clusters: found } = clusters;
  const apart = found.of.filter((cluster) => cluster === NO_CLUSTER).length;
  const isByVideo = coloring.by === 'video' || (coloring.by === 'similarity' && !coloring.isMeasured);
  return (
    <>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label="Color by"
        data={COLORINGS.map((value) => ({ value, label: NAMES[value] }))}
        value={coloring.by}
        onChange={coloring.setBy}
      />
      {coloring.by === 'similarity' && <SimilarityBox key={coloring.text} coloring={coloring} vectors={vectors} />}
      {coloring.coloring.scale && <ScaleBar scale={coloring.coloring.scale} />}
      {coloring.by === 'cluster' && (
        <Legend
          title="Clusters"
          filter={filters.clusters}
          entries={[
            ...labels.map((label, cluster) => ({
              key: String(cluster),
              label,
              color: clusterColor(cluster),
              count: found.sizes[cluster] ?? 0,
            })),
            ...(apart > 0 ? [{ key: String(NO_CLUSTER), label: 'Unclustered', color: UNCLUSTERED, count: apart }] : []),
          ]}
        />
      )}
      <Legend
        title="Videos"
        filter={filters.videos}
        entries={points.videos.map(({ id, color, path }) => ({
          key: id,
          label: getName(id),
          color: isByVideo ? color : null,
          count: path.length,
        }))}
      />
    </>
  );
}
