import { createBrowserRouter, Navigate } from 'react-router';
import { NotFound, PageError } from './page-error.tsx';
import { preloadPagesOfLinks } from './preload-pages.ts';
import { Shell } from './shell.tsx';

/** Pages load when they are first visited: the player and the map are not part of the first page. */
export const router = createBrowserRouter([
  {
    path: '/',
    element: <Shell />,
    errorElement: <PageError />,
    // The frame itself stands at once; only a page's own code is waited for.
    hydrateFallbackElement: <Shell />,
    children: [
      {
        errorElement: <PageError />,
        children: [
          { index: true, element: <Navigate to="/library" replace /> },
          {
            path: 'library',
            lazy: async () => ({ Component: (await import('#features/library/library-page.tsx')).LibraryPage }),
          },
          {
            path: 'upload',
            lazy: async () => ({ Component: (await import('#features/uploads/upload-page.tsx')).UploadPage }),
          },
          {
            path: 'pipelines',
            lazy: async () => ({ Component: (await import('#features/pipelines/pipelines-page.tsx')).PipelinesPage }),
          },
          {
            path: 'collections',
            lazy: async () => ({
              Component: (await import('#features/collections/collections-page.tsx')).CollectionsPage,
            }),
          },
          {
            path: 'collections/:collectionId',
            lazy: async () => ({
              Component: (await import('#features/collections/collection-page.tsx')).CollectionPage,
            }),
          },
          {
            path: 'videos/:videoId',
            lazy: async () => ({ Component: (await import('#features/video/video-page.tsx')).VideoPage }),
          },
          {
            path: 'search',
            lazy: async () => ({ Component: (await import('#features/search/search-page.tsx')).SearchPage }),
          },
          { path: 'map', lazy: async () => ({ Component: (await import('#features/map/map-page.tsx')).MapPage }) },
          {
            path: 'embeddings',
            lazy: async () => ({
              Component: (await import('#features/embeddings/embeddings-page.tsx')).EmbeddingsPage,
            }),
          },
          {
            path: 'settings',
            lazy: async () => ({ Component: (await import('#features/settings/settings-page.tsx')).SettingsPage }),
          },
          {
            path: 'settings/models',
            lazy: async () => ({ Component: (await import('#features/models/models-page.tsx')).ModelsPage }),
          },
          { path: '*', Component: NotFound },
        ],
      },
    ],
  },
]);

preloadPagesOfLinks(router.routes);
