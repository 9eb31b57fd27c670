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

/** Tests that replace a module, or need one as it was before its first use. */
const needOwnModules = [
  'tests/unit/companion/browser-build.test.ts',
  'tests/unit/main/engine/training/fine-tune/dense-gradients.test.ts',
  'tests/unit/main/host/electron/**/*.test.ts',
  'tests/unit/preload/**/*.test.ts',
];

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
          name: 'unit',
          environment: 'node',
          include: ['tests/unit/{companion,main,shared,scripts}/**/*.test.ts'],
          exclude: needOwnModules,
          // Files share modules, whose loading cost more than most of the tests.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'whole',
          environment: 'node',
          include: [
            ...needOwnModules,
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
          isolate: false,
          setupFiles: 'tests/unit/renderer/close-studios.ts',
          include: ['tests/unit/renderer/**/*.test.{ts,tsx}'],
        },
      },
    ],
  },
});
