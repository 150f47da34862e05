import { useEffect } from 'react';
import { useSearchParams } from 'react-router';
import { useUploads } from '#shared/uploads/uploads-store.ts';

/** Takes the collection that a link names (`?collection=`) as the target of the next uploads. */
export function useCollectionFromUrl(): void {
  const [params] = useSearchParams();
  const collection = params.get('collection');
  useEffect(() => {
    if (collection) useUploads.getState().setUploadOptions({ collection });
  }, [collection]);
}
