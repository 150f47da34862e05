import { Button } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { Link } from 'react-router';
import { plural } from '#lib/format.ts';
import { useTitle } from '#shared/processing/finished-videos.ts';
import { PageHeader } from '#ui/page.tsx';
import { LibrarySkeleton } from './library-skeleton.tsx';
import { useLibrary, useLibraryFilter } from './use-library.ts';

// The page stands, and asks for its videos, before the code of their tiles, menus and filters has come.
const loading = import('./library-view.tsx');
const LibraryView = lazy(async () => ({ default: (await loading).LibraryView }));

/** All videos: filter, select and act on them. */
export function LibraryPage() {
  useTitle('Library');
  const filtering = useLibraryFilter();
  const library = useLibrary(filtering.filter);
  const { videos, hasMore } = library;
  return (
    <>
      <PageHeader
        title={videos.length > 0 ? `Library · ${plural(videos.length, 'video')}${hasMore ? '+' : ''}` : 'Library'}
      >
        <Button component={Link} to="/upload" leftSection={<IconUpload size={16} />}>
          Upload
        </Button>
      </PageHeader>
      <Suspense fallback={<LibrarySkeleton />}>
        <LibraryView library={library} filtering={filtering} />
      </Suspense>
    </>
  );
}
