import { basename, join } from 'node:path';
import { AppError } from '../../../shared/api/errors';
import { type Backbone, backboneSchema } from '../../../shared/domain/backbone';
import { fileSize, readJsonFiles } from '../../platform/read-json-files';
import type { Backbones } from '../ports';

export interface ReadBackbones extends Backbones {
  /** Looks again, after a base was added or removed. */
  reread(): void;
}

interface Found {
  usable: { backbone: Backbone; file: string }[];
  /** What is wrong with each of the others, by name. */
  damaged: Map<string, AppError>;
}

/**
 * The pretrained backbones in `resourcesFolder/backbones` and those that were opened for a project,
 * smallest first. A damaged one is left out of the list, and asking for it says what is wrong with it.
 * Content is checked by hash when a worker loads it; here only that the file is there and whole.
 */
export function createBackbones(resourcesFolder: string, basesFolder?: string): ReadBackbones {
  let found: Found;

  function reread(): void {
    const own = readFolder(join(resourcesFolder, 'backbones'), 'Install Pocketlens Studio again.');
    const opened = basesFolder && readFolder(basesFolder, 'Open its model file again.');
    const usable = [...own.usable, ...(opened ? opened.usable : [])];
    found = {
      usable: usable.toSorted((one, other) => one.backbone.bytes - other.backbone.bytes),
      damaged: new Map([...own.damaged, ...(opened ? opened.damaged : [])]),
    };
  }

  reread();
  return {
    reread,
    list: () => found.usable.map(({ backbone }) => backbone),
    get(name) {
      const one = found.usable.find(({ backbone }) => backbone.name === name);
      if (one) return one.backbone;
      const damage = found.damaged.get(name);
      if (damage) throw damage;
      throw new AppError(
        'not-found',
        `There is no backbone ${name}.`,
        found.usable.length > 0
          ? `Choose one of ${found.usable.map(({ backbone }) => backbone.name).join(', ')}.`
          : 'Install Pocketlens Studio again: its pretrained backbones are gone.',
      );
    },
    file({ name, file }) {
      const one = found.usable.find(({ backbone }) => backbone.name === name);
      return one?.file ?? join(resourcesFolder, 'backbones', file);
    },
  };
}

function readFolder(folder: string, remedy: string): Found {
  const found: Found = { usable: [], damaged: new Map() };
  for (const { path, value } of readJsonFiles(folder)) {
    const { data } = backboneSchema.safeParse(value);
    const fault = data ? findFault(folder, data) : `${basename(path)} is not what it should be`;
    const name = basename(path, '.json');
    if (data && !fault) found.usable.push({ backbone: data, file: join(folder, data.file) });
    else found.damaged.set(name, damaged(name, fault ?? '', remedy));
  }
  return found;
}

const damaged = (name: string, fault: string, remedy: string): AppError =>
  new AppError('model-unreadable', `The backbone ${name} is damaged: ${fault}.`, remedy);

function findFault(folder: string, { file, bytes }: Backbone): string | undefined {
  const size = fileSize(join(folder, file));
  if (size === undefined) return `${file} is not there`;
  return size === bytes ? undefined : `${file} has ${size} bytes instead of ${bytes}`;
}
