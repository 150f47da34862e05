import '@mantine/spotlight/styles.css';
import { useMantineColorScheme } from '@mantine/core';
import { createSpotlight, Spotlight, type SpotlightActionGroupData, useSpotlight } from '@mantine/spotlight';
import { IconMoon, IconMovie, IconPlus, IconSearch, IconSparkles, IconStack2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { type NavigateFunction, useNavigate } from 'react-router';
import { askedState, useRecentSearches } from '#shared/browser-data/recent-searches-store.ts';
import { allCollectionsQuery } from '#shared/collections/collection-queries.ts';
import { useBackfill } from '#shared/processing/pipeline-queries.ts';
import { allVideosQuery } from '#shared/videos/video-lookup.ts';
import { showFailure } from '#ui/show-failure.ts';
import { PAGES } from './navigation.tsx';
import classes from './overlays.module.css';

/** Most videos or collections that are offered at once. */
const MAX_PER_GROUP = 7;

const [store, palette] = createSpotlight();

/** Opens or closes the palette from elsewhere. */
export const toggleCommandPalette = palette.toggle;

/** What Enter takes is the first of the list, also when better answers arrive after the letters; unless a person has moved on. */
function chooseFirst() {
  const { listId, selected } = store.getState();
  const actions = document.getElementById(listId)?.querySelectorAll('[data-action]') ?? [];
  if (selected > 0 || actions.length === 0) return;
  for (const [index, action] of actions.entries()) action.toggleAttribute('data-selected', index === 0);
  store.updateState((state) => ({ ...state, selected: 0 }));
}

/** Searching costs a credit, so it is offered after what is free. */
const searchAction = (query: string, navigate: NavigateFunction) => ({
  id: 'search',
  label: query.trim() === '' ? 'Search all videos' : `Search all videos for “${query.trim()}” (1 credit)`,
  keywords: query,
  leftSection: <IconSearch size={18} stroke={1.6} />,
  onClick: () => {
    const text = query.trim();
    if (text !== '') useRecentSearches.getState().add(text);
    void navigate(text === '' ? '/search' : `/search?q=${encodeURIComponent(text)}`, {
      state: text === '' ? null : askedState(),
    });
  },
});

/** The palette (ctrl/cmd-K): videos, collections, pages and actions by a few letters of their names. */
export function CommandPalette() {
  const [query, setQuery] = useState('');
  const { opened: isOpen } = useSpotlight(store);
  const navigate = useNavigate();
  const { toggleColorScheme } = useMantineColorScheme();
  const { mutate: backfill } = useBackfill(() => undefined);
  const wanted = query.trim().toLowerCase();
  const { data: videos, isLoading } = useQuery({ ...allVideosQuery, enabled: isOpen, refetchInterval: false });
  const { data: collections } = useQuery({ ...allCollectionsQuery, enabled: isOpen });
  const fits = ({ name }: { name: string }) => name.toLowerCase().includes(wanted);
  const go = (to: string) => () => void navigate(to);

  const groups: SpotlightActionGroupData[] = [
    {
      group: 'Pages',
      actions: PAGES.map(({ to, label, Icon }) => ({
        id: to,
        label,
        leftSection: <Icon size={18} stroke={1.6} />,
        onClick: go(to),
      })),
    },
    {
      group: 'Actions',
      actions: [
        ...(isLoading ? [] : [searchAction(query, navigate)]),
        {
          id: 'backfill',
          label: 'Process all unprocessed videos',
          leftSection: <IconSparkles size={18} stroke={1.6} />,
          onClick: () => {
            backfill(undefined, { onError: showFailure('Some videos could not be started') });
            void navigate('/pipelines');
          },
        },
        {
          id: 'new-collection',
          label: 'New collection',
          leftSection: <IconPlus size={18} stroke={1.6} />,
          onClick: go('/collections?new'),
        },
        {
          id: 'colors',
          label: 'Toggle dark mode',
          leftSection: <IconMoon size={18} stroke={1.6} />,
          onClick: toggleColorScheme,
        },
      ],
    },
    {
      group: 'Collections',
      actions: (collections ?? [])
        .filter(fits)
        .slice(0, MAX_PER_GROUP)
        .map(({ collection_id, name }) => ({
          id: collection_id,
          label: name,
          leftSection: <IconStack2 size={18} stroke={1.6} />,
          onClick: go(`/collections/${collection_id}`),
        })),
    },
    {
      group: 'Videos',
      actions: (wanted === '' ? [] : (videos ?? []))
        .filter(fits)
        .slice(0, MAX_PER_GROUP)
        .map(({ video_id, name }) => ({
          id: video_id,
          label: name,
          leftSection: <IconMovie size={18} stroke={1.6} />,
          onClick: go(`/videos/${video_id}`),
        })),
    },
  ];

  const found = groups.flatMap((group) => group.actions.map(({ id }) => id)).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what has been found is what it follows
  useEffect(chooseFirst, [found]);

  return (
    <Spotlight
      store={store}
      // What is named by the letters goes before what is always there.
      actions={(wanted === '' ? groups : [...groups].reverse()).filter((group) => group.actions.length > 0)}
      query={query}
      onQueryChange={setQuery}
      // The frame listens for it, from the first moment on.
      shortcut={null}
      highlightQuery
      scrollable
      maxHeight={460}
      overlayProps={{ blur: 0, backgroundOpacity: 0.6 }}
      classNames={{ action: classes.action }}
      nothingFound={isLoading ? 'Searching…' : 'No results.'}
      searchProps={{
        leftSection: <IconSearch size={18} stroke={1.6} />,
        placeholder: 'Find a video, a collection, a page or an action',
        'aria-label': 'Find anything',
      }}
    />
  );
}
