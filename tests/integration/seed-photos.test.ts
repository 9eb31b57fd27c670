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
  models: { id: string; bytes: number; top1: number }[];
  skipped: object[];
}

// One project: 280 photos are read, and their features computed, once.
describe.skipIf(!there)(
  'the seed photos (skipped without POCKETLENS_SEED or ../shared/seed)',
  () => {
    const root = suiteFolder();
    const program = createProgram(root);
    afterAll(() => program.dispose());
    const project = join(root, 'things');
    const trained: Trained[] = [];
    const quantized: Trained[] = [];

    /** A float model and its int8 form. */
    async function make(...settings: string[]): Promise<void> {
      const float = await program.json<Trained>(['train', project, '--seed', '1', ...settings]);
      trained.push(float);
      quantized.push(await program.json(['quantize', project, '--model', float.modelId]));
    }

    it('are 280 of seven things, and int8 is less than a third of the size', async () => {
      await program.json(['create', project]);
      const imported = await program.json(['import', project, join(seed, 'photos')]);
      expect(imported).toMatchObject({ added: 280, total: 280, problems: [], conflicts: 0 });
      await make();
      expect((quantized[0]?.bytes ?? 1) / (trained[0]?.bytes ?? 0)).toBeLessThanOrEqual(0.3);
    }, 300_000);

    it('are learned on the article’s graph.lite of 2018, cut at its 256 features', async () => {
      const base = await program.json<Opened>([
        ...['import-model', project, join(seed, 'graph.lite'), '--as-base'],
        ...['--mean', '127.5', '--std', '127.5'],
      ]);
      expect(base).toMatchObject({ featureWidth: 256, opened: { proof: { of: 'photos' } } });
      expect(base.opened.proof.largestDifference).toBeLessThanOrEqual(1e-5);
      await make('--backbone', base.name);
      expect(trained[1]?.backbone).toBe(base.name);
      expect(trained[1]?.accuracy.validation).toBeGreaterThanOrEqual(0.97);
      expect(trained[1]?.check.largestDifference).toBeLessThan(1e-4);
      expect((quantized[1]?.bytes ?? 1) / (trained[1]?.bytes ?? 0)).toBeLessThan(0.4);
    }, 300_000);

    it('are told apart by all four models, and int8 loses next to nothing', async () => {
      const ids = [...trained, ...quantized].map(({ modelId }) => modelId);
      const compared = await program.json<Compared>(['compare', project, '--models', ids.join()]);
      expect(compared.skipped).toEqual([]);
      expect(compared.models.map(({ id }) => id)).toEqual(ids);
      const [float = 0, opened = 0, int8 = 0, openedInt8 = 0] = compared.models.map(
        ({ top1 }) => top1,
      );
      expect(float).toBeGreaterThanOrEqual(0.99);
      expect(Math.abs(int8 - float)).toBeLessThanOrEqual(0.01);
      expect(opened).toBeGreaterThanOrEqual(0.97);
      expect(openedInt8).toBeGreaterThanOrEqual(0.97);
    }, 120_000);
  },
);
