import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const alias = {
  '@shared': here('./src/shared'),
  '@main': here('./src/main'),
  '@renderer': here('./src/renderer'),
  '@companion': here('./src/companion'),
};

export default defineConfig({
  resolve: { alias },
  test: {
    // Two at the least: many tests wait for programs and timers, and leave a core idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // tfjs-core's gradients: modules in a package that says it has none. Node can't load them.
    server: { deps: { inline: [/tfjs-core\/dist\/(?!tf-core\.node)/] } },
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          include: [
            'tests/unit/{companion,main,preload,shared,scripts}/**/*.test.ts',
            'tests/contract/**/*.test.ts',
            'tests/architecture/**/*.test.ts',
            'tests/integration/**/*.test.ts',
          ],
        },
      },
      {
        extends: true,
        plugins: [react()],
        test: {
          name: 'renderer',
          environment: 'happy-dom',
          include: ['tests/unit/renderer/**/*.test.{ts,tsx}'],
        },
      },
    ],
  },
});
