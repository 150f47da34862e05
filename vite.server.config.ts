import { defineConfig } from 'vite';

/** The programs of the server, its task and model processes, and their threads, with their packages left in node_modules. */
export default defineConfig({
  publicDir: false,
  build: {
    ssr: true,
    target: 'node20',
    sourcemap: true,
    rolldownOptions: {
      input: {
        platform: 'server/platform/main.ts',
        api: 'server/platform/api.ts',
        worker: 'server/platform/worker.ts',
        database: 'server/platform/db/pglite-entry.ts',
        inference: 'server/platform/inference/entry.ts',
        task: 'server/platform/tasks/entry.ts',
        vision: 'server/platform/tasks/vision/segment-entry.ts',
        gateway: 'server/gateway/main.ts',
      },
      // One flat folder, as deep as `server`: see server/project-root.ts.
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
});
