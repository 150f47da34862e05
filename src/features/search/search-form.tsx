import { ActionIcon, Button, Chip, FileButton, Group, Select, Text, TextInput } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconHistory, IconPhotoSearch, IconSearch, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { Link } from 'react-router';
import { SEARCH_OPTIONS, type SearchOption } from '#api/contracts/search.ts';
import { useRecentSearches } from '#shared/browser-data/recent-searches-store.ts';
import { allCollectionsQuery } from '#shared/collections/collection-queries.ts';
import { studioQuery } from '#shared/platform/studio-queries.ts';
import { SEARCH_OPTION_NAMES } from '#shared/search/match-reason.tsx';
import { readPicture } from '#shared/search/picture-query.ts';
import { allVideosQuery } from '#shared/videos/video-lookup.ts';
import { useDraft } from '#ui/use-draft.ts';
import classes from './search-page.module.css';
import { TOP_KS } from './use-search.ts';

interface SearchFormProps {
  /** What the URL has; the box takes it whenever it changes. */
  readonly query: string;
  onSearch(query: string): void;
  /** A picture was chosen, dropped or pasted (JPEG in base64). */
  onPicture(picture: string): void;
  /** The arrow down was pressed: the focus goes on to the results. */
  onDown(): void;
}

/** The search page's own box: `/` focuses it, Enter runs it. It stays as it is while a search runs, and keeps the focus. */
export function SearchForm({ query: searched, onSearch, onPicture, onDown }: SearchFormProps) {
  const [isUnreadable, setIsUnreadable] = useState(false);
  const { data: studio } = useQuery(studioQuery);
  const takesPictures = studio?.platform === 'embedded';
  const take = async (files: FileList | readonly File[] | null | undefined) => {
    const file = [...(files ?? [])].find(({ type }) => type.startsWith('image/'));
    if (!file || !takesPictures) return;
    const picture = await readPicture(file);
    setIsUnreadable(picture === null);
    if (picture !== null) onPicture(picture);
  };
  const [text, setText] = useDraft(searched);
  const input = useRef<HTMLInputElement>(null);
  useHotkeys([['/', () => input.current?.focus()]]);
  return (
    <search>
      <form
        style={{ display: 'flex', gap: 8 }}
        onPaste={(event) => void take(event.clipboardData.files)}
        onDragOver={(event) => takesPictures && event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault();
          void take(event.dataTransfer.files);
        }}
        onSubmit={(event) => {
          event.preventDefault();
          const query = text.trim();
          if (query) onSearch(query);
        }}
      >
        <TextInput
          ref={input}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowDown') return;
            event.preventDefault();
            onDown();
          }}
          error={isUnreadable ? 'This picture cannot be read. Choose a JPEG, PNG or WebP file.' : null}
          rightSection={takesPictures && <PictureButton onPick={(file) => void take([file])} />}
          placeholder="What are you looking for?"
          aria-label="Search for"
          leftSection={<IconSearch size={16} />}
          maxLength={4096}
          style={{ flex: 1 }}
          data-autofocus
        />
        <Button type="submit" disabled={text.trim() === ''}>
          Search
        </Button>
      </form>
    </search>
  );
}

/** Picks a picture to search with. */
function PictureButton({ onPick }: { onPick(file: File): void }) {
  const reset = useRef<() => void>(null);
  return (
    <FileButton
      accept="image/*"
      resetRef={reset}
      onChange={(file) => {
        reset.current?.();
        if (file) onPick(file);
      }}
    >
      {(props) => (
        <ActionIcon
          {...props}
          variant="subtle"
          color="gray"
          aria-label="Search with a picture (1 credit)"
          title="Search with a picture (1 credit); drop or paste one here"
        >
          <IconPhotoSearch size={17} />
        </ActionIcon>
      )}
    </FileButton>
  );
}

/** How many hits are asked for (`top_k`); another number is another search. */
export function TopK({ value, onChange }: { value: number; onChange(topK: number): void }) {
  return (
    <Select
      data={TOP_KS.map((topK) => ({ value: String(topK), label: `${topK} hits` }))}
      value={String(value)}
      onChange={(next) => {
        if (next && Number(next) !== value) onChange(Number(next));
      }}
      allowDeselect={false}
      aria-label="How many hits (top_k)"
    />
  );
}

/**
 * What is looked through, on platforms that tell these apart; another choice is another search. The last one that is chosen stays
 * chosen.
 */
export function SearchOptions({
  value,
  onChange,
}: {
  value: readonly SearchOption[];
  onChange(options: readonly SearchOption[]): void;
}) {
  const toggle = (option: SearchOption) => {
    const next = SEARCH_OPTIONS.filter((known) => (known === option) !== value.includes(known));
    if (next.length > 0) onChange(next);
  };
  return (
    <Chip.Group multiple value={[...value]}>
      <Group gap={4} wrap="nowrap" role="group" aria-label="Search in">
        {SEARCH_OPTIONS.map((option) => (
          <Chip key={option} value={option} size="xs" variant="light" onChange={() => toggle(option)}>
            {SEARCH_OPTION_NAMES[option]}
          </Chip>
        ))}
      </Group>
    </Chip.Group>
  );
}

const MAX_MATCHES = 6;
const LIST_STALE_MS = 60_000;

/** Videos and collections whose name contains the text: people type names into the same box, and names cost nothing. */
export function NameMatches({ text }: { text: string }) {
  const { data: collections = [] } = useQuery(allCollectionsQuery);
  const wanted = text.trim().toLowerCase();
  // The search does not wait for it.
  const { data: videos = [] } = useQuery({
    ...allVideosQuery,
    enabled: wanted !== '',
    refetchInterval: false,
    staleTime: LIST_STALE_MS,
  });
  const fits = ({ name }: { name: string }) => name.toLowerCase().includes(wanted);
  const matches = [
    ...videos.filter(fits).map(({ video_id, name }) => ({ to: `/videos/${video_id}`, name, kind: 'Video' })),
    ...collections.filter(fits).map(({ collection_id, name }) => ({
      to: `/collections/${collection_id}`,
      name,
      kind: 'Collection',
    })),
  ].slice(0, MAX_MATCHES);
  if (wanted === '' || matches.length === 0) return null;
  return (
    <nav className={classes.names} aria-label="Names that match">
      <Text size="xs" c="var(--studio-quiet)">
        Name matches
      </Text>
      {matches.map(({ to, name, kind }) => (
        <Link key={to} to={to} title={kind}>
          {name}
        </Link>
      ))}
    </nav>
  );
}

/** What was searched for lately, to be searched for again. */
export function RecentList({ onSearch }: { onSearch(query: string): void }) {
  const queries = useRecentSearches((state) => state.queries);
  const { remove, clear } = useRecentSearches.getState();
  if (queries.length === 0) return null;
  return (
    <section aria-label="Recent searches">
      <Group justify="space-between" mb={4}>
        <Text size="xs" c="var(--studio-quiet)">
          Recent searches
        </Text>
        {/* No taller than the titles of the lists beside this one. */}
        <Button size="compact-xs" my={-6} variant="subtle" color="gray" onClick={clear}>
          Clear
        </Button>
      </Group>
      {queries.map((query) => (
        <div key={query} className={classes.recent}>
          <button type="button" onClick={() => onSearch(query)}>
            <IconHistory size={15} stroke={1.6} />
            <span>{query}</span>
          </button>
          <ActionIcon
            size="sm"
            variant="subtle"
            color="gray"
            aria-label={`Remove “${query}” from recent searches`}
            onClick={() => remove(query)}
          >
            <IconX size={13} />
          </ActionIcon>
        </div>
      ))}
    </section>
  );
}
