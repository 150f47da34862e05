import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react()],
  // hls.js is one module of 580 kB, loaded when a video is first played.
  build: { target: 'es2023', sourcemap: true, manifest: true, chunkSizeWarningLimit: 600 },
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
