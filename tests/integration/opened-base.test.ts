import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createProgram } from './program';
import { suiteFolder } from './suite-folder';

const seed = resolve(process.env['POCKETLENS_SEED'] ?? '../shared/seed');
const there = existsSync(join(seed, 'photos')) && existsSync(join(seed, 'graph.lite'));

interface Opened {
  name: string;
  featureWidth: number;
  opened: { proof: { of: string; largestDifference: number } };
}

interface Trained {
  modelId: string;
  bytes: number;
  backbone: string;
  accuracy: { validation: number };
  check: { largestDifference: number };
}

interface Compared {
  models: { id: string; top1: number }[];
}

describe.skipIf(!there)(
  'the article’s graph.lite of 2018 as a base (skipped without POCKETLENS_SEED or ../shared/seed)',
  () => {
    const root = suiteFolder();
    const program = createProgram(root);
    afterAll(() => program.dispose());
    const project = join(root, 'things');

    it('is cut at its 256 features, trained on, quantized and compared', async () => {
      await program.json(['create', project]);
      await program.json(['import', project, join(seed, 'photos')]);
      const normalization = ['--mean', '127.5', '--std', '127.5'];
      const base = await program.json<Opened>([
        'import-model',
        project,
        join(seed, 'graph.lite'),
        '--as-base',
        ...normalization,
      ]);
      expect(base).toMatchObject({ featureWidth: 256, opened: { proof: { of: 'photos' } } });
      expect(base.opened.proof.largestDifference).toBeLessThanOrEqual(1e-5);

      const trained = await program.json<Trained>(['train', project, '--backbone', base.name]);
      expect(trained.backbone).toBe(base.name);
      expect(trained.accuracy.validation).toBeGreaterThanOrEqual(0.97);
      expect(trained.check.largestDifference).toBeLessThan(1e-4);
      const quantized = await program.json<Trained>(['quantize', project]);
      expect(quantized.bytes / trained.bytes).toBeLessThan(0.4);
      const { models } = await program.json<Compared>(['compare', project]);
      expect(models.map(({ top1 }) => top1 >= 0.97)).toEqual([true, true]);
    }, 300_000);
  },
);
