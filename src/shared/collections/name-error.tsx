import { Anchor } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { ConflictError, getErrorMessage } from '#api/errors.ts';
import { collectionsQuery } from './collection-queries.ts';

/** Why a name was refused; a name that is taken leads to the collection that has it. */
export function NameError({ name, error }: { name: string; error: unknown }) {
  const { data } = useInfiniteQuery(collectionsQuery());
  const taken = (data?.pages ?? []).flatMap((page) => page.data).find((collection) => collection.name === name);
  if (!(error instanceof ConflictError)) return <>{getErrorMessage(error)}</>;
  return (
    <>
      There is already a collection named “{name}”.{' '}
      {taken && (
        <Anchor component={Link} to={`/collections/${taken.collection_id}`} size="xs">
          Open it
        </Anchor>
      )}
    </>
  );
}
