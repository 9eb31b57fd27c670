import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createProgram } from './program';
import { suiteFolder } from './suite-folder';

const seedPhotos = resolve(process.env['POCKETLENS_SEED'] ?? '../shared/seed', 'photos');

interface Status {
  photos: { labels: { id: number; name: string }[] };
}

interface Listed {
  labels: { name: string; photos: number }[];
}

interface Trained {
  modelId: string;
  bytes: number;
  versionId: string;
}

interface Compared {
  models: { id: string; bytes: number; top1: number }[];
  difference: { top1: number };
  skipped: object[];
}

describe.skipIf(!existsSync(seedPhotos))(
  'the seed photos (skipped without POCKETLENS_SEED or ../shared/seed)',
  () => {
    const root = suiteFolder();
    const program = createProgram(root);
    afterAll(() => program.dispose());
    const project = join(root, 'things');

    it('280 photos of seven things are told apart, and int8 loses next to nothing', async () => {
      await program.json(['create', project]);
      const imported = await program.json(['import', project, seedPhotos]);
      expect(imported).toMatchObject({ added: 280, total: 280, problems: [], conflicts: 0 });
      const trained = await program.json<Trained>(['train', project, '--seed', '1']);
      const quantized = await program.json<Trained>(['quantize', project]);
      expect(quantized.bytes / trained.bytes).toBeLessThanOrEqual(0.3);

      const compared = await program.json<Compared>(['compare', project]);
      expect(compared.skipped).toEqual([]);
      expect(compared.models[0]?.top1).toBeGreaterThanOrEqual(0.99);
      expect(Math.abs(compared.difference.top1)).toBeLessThanOrEqual(0.01);
    }, 300_000);

    it('training again after five labels changed needs no new features', async () => {
      const status = await program.json<Status>(['status', project]);
      expect(status).toMatchObject({ training: { features: { done: 280, total: 280 } } });
      const some = ['--photos', '1,2,3,4,5', '--to', 'truck'];
      const { labels } = await program.json<Listed>(['label', project, ...some]);
      expect(labels.find(({ name }) => name === 'truck')?.photos).toBe(45);

      const training = program.start(['train', project, '--seed', '1', '--json']);
      const { code, stdout, stderr } = await training.ended;
      expect(code).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({ versionId: 'version-2' });
      expect(stderr).not.toContain('Computing features');
    }, 120_000);
  },
);
