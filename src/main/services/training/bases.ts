import type { basesApi } from '../../../shared/api/bases-api';
import type { HandlersOf } from '../../../shared/api/contract';
import { AppError } from '../../../shared/api/errors';
import { createBaseFiles } from '../../platform/base-files';
import type { Bases, ProjectContext } from '../ports';
import type { ReadBackbones } from './backbones';

export interface BaseLibrary {
  bases: Bases;
  handlers: Pick<HandlersOf<typeof basesApi>, 'bases.remove'>;
}

/**
 * The bases of a project: two files each, no row. What a program that was killed left of one is swept up
 * here.
 */
export function createBases({
  context: { basesFolder, trashFolder, emit, log },
  backbones,
}: {
  context: Pick<ProjectContext, 'basesFolder' | 'trashFolder' | 'emit' | 'log'>;
  backbones: Pick<ReadBackbones, 'get' | 'reread'>;
}): BaseLibrary {
  const files = createBaseFiles(basesFolder, trashFolder);
  const swept = files.sweep();
  if (swept.length > 0) log.warn(`Swept up what belongs to no base: ${swept.join(', ')}`);

  function tell(): void {
    backbones.reread();
    emit('bases.changed', {});
  }

  const bases: Bases = {
    temporaryFile: () => files.temporaryPath(),
    add(base, temporaryFile) {
      files.put(base.name, temporaryFile, base);
      tell();
    },
    remove(name) {
      const { opened, title } = backbones.get(name);
      if (!opened) {
        throw new AppError(
          'bad-request',
          `${title} came with Pocketlens Studio and stays.`,
          'Only what was opened for this project can be removed.',
        );
      }
      files.discard(name);
      tell();
    },
  };
  return {
    bases,
    handlers: {
      'bases.remove': ({ name }) => {
        bases.remove(name);
        return {};
      },
    },
  };
}
