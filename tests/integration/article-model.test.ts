import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { benchQuantization } from '../../scripts/bench/quantization';
import { seedPhotos } from '../../scripts/bench/whole-way';

const photos = seedPhotos();

describe.skipIf(!photos || !existsSync(photos))(
  'the model of the article in every form (skipped without POCKETLENS_SEED or ../shared/seed)',
  () => {
    it('answers as the float model does, nearly always on photos made hard', async () => {
      const found = await benchQuantization(dirname(photos ?? ''), { every: 4, searches: false });
      expect(found).toMatchObject({ photos: 70, stress: 140 });
      const { float32, ...forms } = found.forms;
      expect(float32).toMatchObject({ photosRight: 70, stressAgreement: 100 });
      for (const [name, { photosRight, stressAgreement }] of Object.entries(forms)) {
        expect(photosRight, name).toBe(70);
        if (!name.startsWith('int8') || name.includes('corrected')) {
          expect(stressAgreement, name).toBeGreaterThanOrEqual(95);
        }
      }
      const plain = forms['int8 min-max']?.stressAgreement ?? 0;
      expect(forms['int8 min-max, biases corrected']?.stressAgreement).toBeGreaterThan(plain);
      expect(forms['int8-weights']?.bytes).toBeLessThan((float32?.bytes ?? 0) / 3);
    });
  },
);
