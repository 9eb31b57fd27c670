import { basename, join } from 'node:path';
import { AppError } from '../../../shared/api/errors';
import { type Backbone, backboneSchema } from '../../../shared/domain/backbone';
import { fileSize, readJsonFiles } from '../../platform/read-json-files';
import type { Backbones } from '../ports';

/**
 * The pretrained backbones in `resourcesFolder/backbones`, smallest first. A damaged one is left
 * out of the list, and asking for it says what is wrong with it. Content is checked by hash when
 * a worker loads it; here only that the file is there and whole.
 */
export function createBackbones(resourcesFolder: string): Backbones {
  const folder = join(resourcesFolder, 'backbones');
  const usable: Backbone[] = [];
  const damaged = new Map<string, string>();

  for (const { path, value } of readJsonFiles(folder)) {
    const { data } = backboneSchema.safeParse(value);
    const fault = data ? findFault(folder, data) : `${basename(path)} is not what it should be`;
    if (data && !fault) usable.push(data);
    else damaged.set(basename(path, '.json'), fault ?? '');
  }
  usable.sort((a, b) => a.bytes - b.bytes);

  return {
    list: () => [...usable],
    get(name) {
      const found = usable.find((backbone) => backbone.name === name);
      if (found) return found;
      const fault = damaged.get(name);
      if (fault !== undefined) {
        throw new AppError(
          'model-unreadable',
          `The backbone ${name} is damaged: ${fault}.`,
          'Install Pocketlens Studio again.',
        );
      }
      throw new AppError(
        'not-found',
        `There is no backbone ${name}.`,
        usable.length > 0
          ? `Choose one of ${usable.map((backbone) => backbone.name).join(', ')}.`
          : 'Install Pocketlens Studio again: its pretrained backbones are gone.',
      );
    },
    file: (backbone) => join(folder, backbone.file),
  };
}

function findFault(folder: string, { file, bytes }: Backbone): string | undefined {
  const size = fileSize(join(folder, file));
  if (size === undefined) return `${file} is not there`;
  return size === bytes ? undefined : `${file} has ${size} bytes instead of ${bytes}`;
}
