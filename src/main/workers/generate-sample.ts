import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { throwIfCancelled } from '../../shared/api/errors';
import { createRandom, hashText } from '../../shared/domain/random';
import { composePhoto } from '../engine/image/sample/compose-photo';
import { cannotWrite } from '../platform/explain-disk-error';
import type { TaskImplementation } from './task-context';

/** `resources/sample/drawings.json`: which drawing shows what. */
const drawingsSchema = z.array(z.object({ label: z.string(), file: z.string() }));

const photosPerLabel = 36;

/** Draws 36 pictures a label, shared evenly among its drawings, into a folder a label. */
export const generateSample: TaskImplementation<'generate-sample'> = async (
  { resourcesFolder, targetFolder, seed },
  { report, signal },
) => {
  const folder = join(resourcesFolder, 'sample');
  const drawings = drawingsSchema.parse(
    JSON.parse(await readFile(join(folder, 'drawings.json'), 'utf8')),
  );
  const labels = [...new Set(drawings.map((drawing) => drawing.label))];
  const total = labels.length * photosPerLabel;
  let done = 0;
  for (const label of labels) {
    const ofLabel = drawings.filter((drawing) => drawing.label === label);
    for (let index = 0; index < photosPerLabel; index++) {
      throwIfCancelled(signal);
      const drawing = ofLabel[index % ofLabel.length];
      if (!drawing) continue;
      const random = createRandom(hashText(`${seed}/${label}/${index}`));
      const bytes = await readFile(join(folder, 'drawings', drawing.file));
      const name = `${label.replace(' ', '-')}-${String(index + 1).padStart(2, '0')}.jpg`;
      await writePicture(join(targetFolder, label, name), await composePhoto(bytes, random));
      report({ done: ++done, total });
    }
  }
  return { photos: done };
};

async function writePicture(path: string, jpeg: Uint8Array): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, jpeg);
  } catch (error) {
    throw cannotWrite(error, path);
  }
}
