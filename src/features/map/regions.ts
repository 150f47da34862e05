import type { SavedRegion } from '#api/contracts/requests.ts';
import type { SavedRegionItem } from '#api/contracts/saved-searches.ts';
import type { Outline } from '#engines/scatter/scatter-data.ts';
import type { SelectionShape } from '#engines/scatter/select-inside.ts';
import type { SearchScope } from '#shared/search/scope.ts';
import { formatSelection } from './map-url.ts';

/** A part of the map that was saved. */
export interface Region {
  readonly id: string;
  readonly name: string;
  readonly shapes: readonly SelectionShape[];
  /** Points in it whose videos became searchable after it was last opened. */
  readonly newCount: number;
}

/** A scope as text, whatever the order of what is in it. */
const toScopeText = (isAll: boolean, videoIds: readonly string[], collectionIds: readonly string[]) =>
  isAll ? 'all' : JSON.stringify([[...videoIds].sort(), [...collectionIds].sort()]);

/** A saved region; null for one of another scope, whose map has another layout. */
export function toRegion(
  { saved_region_id: id, name, region }: SavedRegionItem,
  scope: SearchScope,
  shapes: readonly SelectionShape[],
): Omit<Region, 'newCount'> | null {
  const saved = toScopeText(region.all_videos === true, region.video_ids ?? [], region.collection_ids ?? []);
  const shown =
    'all' in scope ? toScopeText(true, [], []) : toScopeText(false, scope.videoIds ?? [], scope.collectionIds ?? []);
  return saved === shown ? { id, name, shapes } : null;
}

/** The selection as it is saved; null when nothing is selected. */
export function toSavedRegion(shapes: readonly SelectionShape[], scope: SearchScope): SavedRegion | null {
  const text = formatSelection(shapes);
  if (text === null) return null;
  return {
    shapes: text,
    ...('all' in scope
      ? { all_videos: true }
      : { video_ids: [...(scope.videoIds ?? [])], collection_ids: [...(scope.collectionIds ?? [])] }),
  };
}

const COLOR = 'hsl(38, 90%, 55%)';

/** Regions as the map draws them, with their names and what is new. What they leave out is not drawn. */
export const toRegionOutlines = (regions: readonly Region[]): Outline[] =>
  regions.flatMap(({ name, shapes, newCount }) => {
    const rings = shapes.filter(({ does }) => does !== 'subtract').map(({ polygon }) => polygon);
    const [first, ...rest] = rings.flat();
    if (!first) return [];
    const at = rest.reduce((highest, place) => (place.y > highest.y ? place : highest), first);
    return [{ rings, at, color: COLOR, label: newCount > 0 ? `${name} · ${newCount} new` : name }];
  });
