import { Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { VideoListItem } from '#api/schemas/videos.ts';
import { collectionsQuery } from '#queries/collections.ts';
import classes from './search-page.module.css';

const MOST = 6;

/** Videos and collections whose name has the words: people type names into the same box, and names cost nothing. */
export function NameMatches({ text, videos }: { text: string; videos: readonly VideoListItem[] }) {
  const { data } = useInfiniteQuery(collectionsQuery());
  const wanted = text.trim().toLowerCase();
  const fits = ({ name }: { name: string }) => name.toLowerCase().includes(wanted);
  const collections = (data?.pages ?? []).flatMap((page) => page.data).filter(fits);
  const matches = [
    ...videos.filter(fits).map(({ video_id, name }) => ({ to: `/videos/${video_id}`, name, kind: 'Video' })),
    ...collections.map(({ collection_id, name }) => ({
      to: `/collections/${collection_id}`,
      name,
      kind: 'Collection',
    })),
  ].slice(0, MOST);
  if (wanted === '' || matches.length === 0) return null;
  return (
    <nav className={classes.names} aria-label="Names that match">
      <Text size="xs" c="var(--studio-quiet)">
        By name, free:
      </Text>
      {matches.map(({ to, name, kind }) => (
        <Link key={to} to={to} title={kind}>
          {name}
        </Link>
      ))}
    </nav>
  );
}
