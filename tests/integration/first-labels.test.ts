import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { benchFirstLabels } from '../../scripts/bench/suggestions';
import { seedPhotos } from '../../scripts/bench/whole-way';
import { suiteFolder } from './suite-folder';

const photos = seedPhotos();

describe.skipIf(!photos || !existsSync(photos))(
  'five labels a class of the seed photos (skipped without POCKETLENS_SEED or ../shared/seed)',
  () => {
    const root = suiteFolder();

    it('suggest the rest, nearly always right, before there is any model', async () => {
      const { unlabeled, suggested } = await benchFirstLabels(root, photos ?? '', 5);
      expect(unlabeled).toBe(245);
      const [all, , certain] = suggested;
      expect(all?.photos).toBe(unlabeled);
      expect((all?.right ?? 0) / unlabeled).toBeGreaterThanOrEqual(0.95);
      expect(certain?.photos).toBeGreaterThan(unlabeled / 4);
      expect((certain?.right ?? 0) / (certain?.photos ?? 0)).toBeGreaterThanOrEqual(0.98);
      process.stdout.write(`${JSON.stringify(suggested)}\n`);
    }, 300_000);
  },
);
