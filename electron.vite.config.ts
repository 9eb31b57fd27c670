import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const alias = {
  '@shared': here('./src/shared'),
  '@main': here('./src/main'),
  '@renderer': here('./src/renderer'),
};

/**
 * Six programs share `out/main`: the window's main process, the command line, the worker and the
 * processes that hold LiteRT's native library, TensorFlow and libimobiledevice.
 */
export default defineConfig({
  main: {
    resolve: { alias },
    build: {
      outDir: 'out/main',
      sourcemap: true,
      rolldownOptions: {
        input: {
          electron: here('./src/main/host/electron/main.ts'),
          cli: here('./src/main/host/cli/main.ts'),
          worker: here('./src/main/workers/worker.ts'),
          'native-process': here('./src/main/engine/runtime/native/native-process.ts'),
          'iphone-process': here('./src/main/platform/devices/ios/iphone-process.ts'),
          'tuner-process': here('./src/main/engine/training/tfjs-node/tuner-process.ts'),
        },
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          chunkFileNames: 'chunks/[name]-[hash].js',
        },
      },
    },
  },
  preload: {
    resolve: { alias },
    build: {
      outDir: 'out/preload',
      // A sandboxed preload can only be one CommonJS file.
      rolldownOptions: {
        input: { preload: here('./src/preload/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    resolve: { alias },
    plugins: [react()],
    build: {
      outDir: 'out/renderer',
      minify: true,
      rolldownOptions: { input: here('./src/renderer/index.html') },
    },
  },
});
