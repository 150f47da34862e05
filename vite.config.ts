import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react()],
  // hls.js is one module of 580 kB, loaded when a video is first played.
  build: {
    target: 'es2023',
    sourcemap: true,
    manifest: true,
    chunkSizeWarningLimit: 600,
    rolldownOptions: {
      output: {
        // What pages share would otherwise come in a hundred files of one or two kB, six at a time.
        codeSplitting: {
          groups: [
            { name: 'initial', tags: ['$initial'], priority: 2 },
            // The first page has no other component than this one, and should not wait for all of them.
            {
              name: 'components',
              test: /node_modules[\\/](?!.*Skeleton)(@mantine|@floating-ui|@tabler|react-)/,
              minShareCount: 4,
              priority: 1,
            },
            {
              name: 'shared',
              test: /[\\/]src[\\/]/,
              minShareCount: 2,
              entriesAware: true,
              entriesAwareMergeThreshold: 3_000,
            },
          ],
        },
      },
    },
  },
  server: {
    // For `npm run dev` beside a running studio: the gateway adds the key.
    proxy: Object.fromEntries(
      ['/api', '/local', '/objects', '/studio'].map((prefix) => [
        prefix,
        { target: 'http://127.0.0.1:8080', changeOrigin: true },
      ]),
    ),
  },
});
