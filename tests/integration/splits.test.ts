import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, expect, it } from 'vitest';
import type { SplitState } from '@shared/api/splits-api';
import type { LeakWorth } from '@shared/domain/leak-worth';
import { classLayout, makePhotos } from '../fixtures/make-photos';
import { temporaryFolder } from '../fixtures/temporary-folder';
import { createProgram } from './program';
import { suiteFolder } from './suite-folder';

const program = createProgram(suiteFolder());
afterAll(() => program.dispose());

type Answer = SplitState & { done: string[]; leak?: LeakWorth };

it('splits are shown, dealt anew, locked and measured from the command line', async () => {
  const folder = temporaryFolder();
  const [project, photos] = [join(folder, 'project'), join(folder, 'photos')];
  const paths = await makePhotos(photos, classLayout(['cup', 'hat'], 14), {
    width: 200,
    height: 150,
  });
  for (const path of paths.slice(0, 6)) {
    const copy = await sharp(readFileSync(path)).resize(150).jpeg({ quality: 60 }).toBuffer();
    writeFileSync(path.replace(/\.jpg$/, ' again.jpg'), copy);
  }
  await program.json(['create', project]);
  await program.json(['import', project, photos]);

  const shown = await program.json<Answer>(['split', project]);
  expect(shown).toMatchObject({ by: 'none', straddling: 0, heldOut: 0, withoutTest: [] });
  expect(shown.groups).toBeGreaterThanOrEqual(6);

  const dealt = await program.json<Answer>([
    'split',
    project,
    '--ratio',
    '50/20/30',
    '--seed',
    '4',
  ]);
  expect(dealt).toMatchObject({ ratio: { train: 0.5, test: 0.3 }, seed: 4, straddling: 0 });
  const locked = await program.json<Answer>(['split', project, '--lock']);
  expect(locked.lockedAt).toBeDefined();

  const text = await program.run(['split', project, '--measure-leak']);
  expect(text.stderr).not.toContain('Error');
  expect(text.stdout).toMatch(/Accuracy, split photo by photo: \d/);
  expect(text.stdout).toContain('The test set is locked since');

  const refused = await program.run(['split', project, '--ratio', '90/20/10']);
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain('three percents that make 100');
}, 180_000);
