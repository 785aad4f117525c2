import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [react()],
  // Relative, so that the console also works below a path of a reverse proxy.
  base: './',
  server: { host: '127.0.0.1', port: 5173, proxy: { '/api': process.env.MW_URL ?? 'http://127.0.0.1:8420' } },
  build: {
    outDir: 'target/classes/console',
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 700,
    modulePreload: { polyfill: false },
  },
  test: { include: ['test/unit/**/*.test.ts'], environment: 'node' },
});
