import tailwind from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Needs no network. Every path that is not the console's goes to a running server: `npm start` beside `vite console`. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/ui/',
  plugins: [react(), tailwind()],
  build: { outDir: 'dist', emptyOutDir: true, target: 'es2023', reportCompressedSize: true },
  server: {
    host: '127.0.0.1',
    proxy: {
      '^/(answer|interactions|interactions\\.csv|tickets|health|version|docs|openapi\\.json)([/?].*)?$':
        'http://127.0.0.1:8000',
    },
  },
});
