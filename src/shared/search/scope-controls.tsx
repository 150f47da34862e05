import { Alert, Button, Group, MultiSelect, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useState, useSyncExternalStore } from 'react';
import { isSearchable } from '#api/status.ts';
import { plural } from '#lib/format.ts';
import { allCollectionsQuery } from '#shared/collections/collection-queries.ts';
import { getLibraryChanges, hasScopeChanged, type ScopeChanges } from '#shared/videos/library-changes.ts';
import { allVideosQuery } from '#shared/videos/video-lookup.ts';
import type { SearchScope } from './scope.ts';
import type { useScope } from './use-scope.ts';

function describe({ added, updated, isMembershipChanged }: ScopeChanges): string {
  const parts = [
    added > 0 ? plural(added, 'new video') : '',
    updated > 0 ? plural(updated, 'updated video') : '',
    isMembershipChanged ? 'changed collections' : '',
  ];
  const sentence = parts.filter(Boolean).join(', ');
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

interface ChangesNoticeProps {
  readonly scope: SearchScope;
  /** Milliseconds since 1970: when what is shown was fetched. */
  readonly since: number;
  /** Ends the sentence, as in "3 new videos since this search". */
  readonly ending?: string;
  readonly action: string;
  readonly isPending: boolean;
  onAction(): void;
}

/** Says, without getting in the way, that the videos of a scope have changed since something was fetched. */
export function ChangesNotice({ scope, since, ending = '', action, isPending, onAction }: ChangesNoticeProps) {
  const changes = getLibraryChanges();
  const subscribe = useCallback((listener: () => void) => changes.subscribe(listener), [changes]);
  // As text, so that it changes only when there is something new to say.
  const sentence = useSyncExternalStore(subscribe, () => {
    const found = changes.since(scope, since);
    return hasScopeChanged(found) ? describe(found) : '';
  });
  if (sentence === '') return null;
  return (
    <Group gap={6} role="status" mb={4}>
      <Text size="xs" c="var(--studio-quiet)">
        {sentence}
        {ending}:
      </Text>
      <Button size="compact-xs" variant="subtle" loading={isPending} onClick={onAction}>
        {action}
      </Button>
    </Group>
  );
}

/** Says that the videos of this address cannot be found, and offers to look at all. */
export function MissingScope({ scope }: { scope: ReturnType<typeof useScope> }) {
  if (!scope.isLost) return null;
  return (
    <Alert color="yellow" variant="light" title="The chosen videos could not be found">
      <Group justify="space-between">
        <Text size="sm">
          {scope.isSet
            ? 'A selection of many videos is stored in the browser in which it was made. Choose the videos again.'
            : 'The videos in this address no longer exist.'}
        </Text>
        <Button size="xs" variant="default" onClick={() => scope.choose({ videos: [], collections: [] })}>
          Show all videos
        </Button>
      </Group>
    </Alert>
  );
}

/** The value that stands for a stored set of many videos. */
const SET = 'set';

/** What a page looks at: videos, collections, both (their union), or all videos. Videos are listed once it is opened. */
export function ScopePicker({ scope }: { scope: ReturnType<typeof useScope> }) {
  const { collectionIds, chosen, isSet, getName } = scope;
  const [isOpened, setOpened] = useState(false);
  const { data: allCollections = [] } = useQuery(allCollectionsQuery);
  const { data: videos, isFetching } = useQuery({ ...allVideosQuery, enabled: isOpened, refetchInterval: false });
  const collections = allCollections.map((collection) => ({ value: collection.collection_id, label: collection.name }));
  const unknownCollections = collectionIds
    .filter((id) => !collections.some(({ value }) => value === id))
    .map((value) => ({ value, label: 'Collection' }));
  const isCollection = new Set([...collections, ...unknownCollections].map(({ value }) => value));
  const listed = (videos ?? []).filter(isSearchable).map(({ video_id, name }) => ({ value: video_id, label: name }));
  const isListed = new Set(listed.map(({ value }) => value));
  const unlisted = isSet
    ? [{ value: SET, label: plural(chosen.length, 'selected video') }]
    : chosen.filter((id) => !isListed.has(id)).map((value) => ({ value, label: getName(value) }));
  return (
    <MultiSelect
      data={[
        { group: 'Collections', items: [...collections, ...unknownCollections] },
        { group: 'Videos', items: [...unlisted, ...listed] },
      ]}
      value={[...collectionIds, ...(isSet ? (chosen.length > 0 ? [SET] : []) : chosen)]}
      onDropdownOpen={() => setOpened(true)}
      onChange={(values) =>
        scope.choose({
          collections: values.filter((value) => isCollection.has(value)),
          videos: values.flatMap((value) => (value === SET ? chosen : isCollection.has(value) ? [] : [value])),
        })
      }
      placeholder={collectionIds.length + chosen.length === 0 ? 'All videos' : undefined}
      aria-label="Scope"
      // As wide with names in it as without: nothing moves when they come.
      flex="1 1 240px"
      miw={0}
      w="100%"
      searchable
      clearable
      hidePickedOptions
      // Thousands of options would all be drawn at once.
      limit={200}
      maxDropdownHeight={320}
      nothingFoundMessage={isFetching ? 'Loading…' : 'No matching videos or collections'}
    />
  );
}
