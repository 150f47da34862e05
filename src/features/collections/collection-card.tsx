import { Text } from '@mantine/core';
import { IconStack2 } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { Collection } from '#api/contracts/collections.ts';
import { plural } from '#lib/format.ts';
import { CollectionMenu } from '#shared/collections/collection-menu.tsx';
import classes from './collections.module.css';

/** A collection as a mosaic of its newest videos, with its name and how many there are. */
export function CollectionCard({ collection }: { collection: Collection }) {
  const { collection_id: id, name, description, video_count: count, thumbnails } = collection;
  const pictures = (thumbnails ?? []).slice(0, 4);
  return (
    <li className={classes.card} aria-label={name}>
      <Link to={`/collections/${id}`} className={classes.mosaic} data-count={pictures.length} tabIndex={-1} aria-hidden>
        {pictures.length === 0 && <IconStack2 size={32} stroke={1.1} />}
        {pictures.map((url) => (
          <img key={url} src={url} alt="" loading="lazy" />
        ))}
      </Link>
      <div className={classes.line}>
        <div className={classes.words}>
          <Text component={Link} to={`/collections/${id}`} className={classes.name} title={name}>
            {name}
          </Text>
          <Text size="xs" c="var(--studio-quiet)" truncate>
            {[plural(count, 'video'), description].filter(Boolean).join(' · ')}
          </Text>
        </div>
        <CollectionMenu collection={collection} />
      </div>
    </li>
  );
}
