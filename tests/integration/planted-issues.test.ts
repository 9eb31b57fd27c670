import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { benchPlantedIssues } from '../../scripts/bench/planted-issues';
import { seedPhotos } from '../../scripts/bench/whole-way';
import { suiteFolder } from './suite-folder';

const photos = seedPhotos();

describe.skipIf(!photos || !existsSync(photos))(
  'issues planted into the seed photos (skipped without POCKETLENS_SEED or ../shared/seed)',
  () => {
    const root = suiteFolder();

    it.each([1, 10])(
      'seed %i: are found, with few false alarms',
      async (seed) => {
        const { kinds, leaksAfterSplitAnew } = await benchPlantedIssues(
          join(root, `seed-${seed}`),
          photos ?? '',
          seed,
        );
        const expected = {
          'label-error': 9,
          'exact-duplicate': 10,
          'near-duplicate': 9,
          blurred: 5,
        } as const;
        for (const [kind, found] of Object.entries(expected)) {
          const figures = kinds[kind as keyof typeof expected];
          expect(figures.found, kind).toBeGreaterThanOrEqual(found);
          expect(figures.falseAlarms / figures.others, kind).toBeLessThanOrEqual(0.05);
        }
        expect(kinds.leak.falseAlarms).toBeGreaterThan(0);
        expect(leaksAfterSplitAnew).toBe(0);
        expect(kinds.outlier.falseAlarms / kinds.outlier.others).toBeLessThanOrEqual(0.05);
      },
      300_000,
    );
  },
);
