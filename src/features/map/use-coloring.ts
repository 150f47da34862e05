import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { findClusters, getOutlines } from '#engines/scatter/clusters.ts';
import { cosinesWith, textEmbeddingQuery } from '#shared/embeddings/vectors.ts';
import { wordTimesQuery } from '#shared/search/map-query.ts';
import type { SearchScope } from '#shared/search/scope.ts';
import { useUrlParameter } from '#ui/url-state.ts';
import { getClusterLabels } from './cluster-labels.ts';
import { byCluster, bySimilarity, byTime, byVideo, byWords, clusterColor } from './coloring.ts';
import type { MapPoints } from './map-points.ts';
import { COLOR, SIMILAR_TO } from './map-url.ts';
import type { MapVectorsState } from './map-vectors.ts';

/** Clusters of the map, with their names and borders. */
export function useClusters(points: MapPoints) {
  const clusters = useMemo(() => findClusters(points.places), [points]);
  const labels = useMemo(() => getClusterLabels(clusters, points), [clusters, points]);
  const outlines = useMemo(
    () =>
      getOutlines(
        clusters,
        labels,
        clusters.sizes.map((_, cluster) => clusterColor(cluster)),
      ),
    [clusters, labels],
  );
  return { clusters, labels, outlines };
}
export type MapClusters = ReturnType<typeof useClusters>;

/** What the colors of the points mean, as the URL has it. */
export function useColoring(
  points: MapPoints,
  { clusters }: MapClusters,
  { vectors, cost, fetch }: MapVectorsState,
  scope: SearchScope,
) {
  const [by, setBy] = useUrlParameter(COLOR);
  const [text, setText] = useUrlParameter(SIMILAR_TO);
  const [asked, setAsked] = useState<string | null>(null);
  // A link that names a text does not spend a credit by being opened.
  const query = useQuery({
    ...textEmbeddingQuery(text),
    enabled: by === 'similarity' && text !== '' && asked === text,
  });
  const vector = query.data?.data[0]?.embedding;
  const words = useQuery({ ...wordTimesQuery(scope), enabled: by === 'words' });
  const coloring = useMemo(() => {
    if (by === 'time') return byTime(points);
    if (by === 'cluster') return byCluster(clusters);
    if (by === 'words' && words.data) return byWords(points, words.data);
    if (by === 'similarity' && vectors && vector) return bySimilarity(cosinesWith(vectors, vector));
    return byVideo(points);
  }, [by, points, clusters, vectors, vector, words.data]);
  const measureTo = (wanted: string) => {
    setAsked(wanted);
    setText(wanted);
    if (cost > 0) fetch();
  };
  return {
    by,
    coloring,
    setBy,
    text,
    measureTo,
    isMeasured: coloring.scale !== null,
    isMeasuring: query.isFetching,
    error: query.error,
    wordsError: by === 'words' ? words.error : null,
  };
}
export type MapColoring = ReturnType<typeof useColoring>;
