import { dirname, join } from 'node:path';
import { AppError } from '../../../shared/api/errors';
import { largestCorrectionBytes } from '../../../shared/domain/correction';
import type { PixelRecipe } from '../../../shared/domain/preprocessing';
import { saveFile } from '../../platform/save-file';
import { createScratchFolder } from '../../platform/scratch-folder';
import { statFiles } from '../../platform/stat-files';
import type { InspectedFile } from '../../workers/tasks';
import type { Corrections, Models, ProjectContext, ReceivedCorrection } from '../ports';
import type { CorrectionRepository } from './correction-repository';

export interface ReceiveParts {
  context: ProjectContext;
  models: Pick<Models, 'list'>;
  repository: CorrectionRepository;
  /** As at any import: its model input is made with the same decode. */
  recipe: PixelRecipe;
  changed(): void;
}

/** The way into the inbox: the photo is stored and checked first, then the words about it. */
export function createReceive({
  context,
  models,
  repository,
  recipe,
  changed,
}: ReceiveParts): Corrections['receive'] {
  const { cacheFile, blobsFolder, workers } = context;

  /** Decodes it once; its bytes go into the project as they are. */
  async function store(path: string): Promise<Extract<InspectedFile, { ok: true }>> {
    const [stamp] = await statFiles([path]);
    requireSmall(stamp?.bytes ?? 0);
    const input = { paths: [path], cacheFile, recipe, blobsFolder };
    const { files } = await workers.run('inspect-photos', input);
    const [file] = files;
    if (file?.ok) return file;
    throw new AppError(
      'photo-unreadable',
      'The corrected photo can’t be taken in.',
      file?.message ?? 'Take the photo again.',
    );
  }

  async function storePhoto(photo: ReceivedCorrection['photo']) {
    if ('path' in photo) return store(photo.path);
    requireSmall(photo.content.byteLength);
    const scratch = createScratchFolder(dirname(cacheFile));
    try {
      const path = join(await scratch.next(), 'photo');
      await saveFile(path, photo.content);
      return await store(path);
    } finally {
      await scratch.remove();
    }
  }

  return async ({ photo, sha256: announced, modelSha256, said, answered, ...words }) => {
    const { sha256, bytes, facts } = await storePhoto(photo);
    if (announced !== undefined && announced !== sha256) {
      throw new AppError(
        'hash-mismatch',
        'The corrected photo has other bytes than its app announced.',
        'Take the photo again; if it happens twice, update the app.',
      );
    }
    const known = repository.find({ sha256, deviceId: words.device.id, said });
    if (known) return { outcome: 'known', id: known.id };
    const name = models.list().find((model) => model.sha256 === modelSha256)?.name;
    const id = repository.add({
      ...words,
      sha256,
      bytes,
      width: facts.width,
      height: facts.height,
      receivedAt: context.now().toISOString(),
      ...(answered ? { answered } : {}),
      ...(said === undefined ? {} : { said }),
      ...(modelSha256 === undefined
        ? {}
        : { model: { sha256: modelSha256, ...(name === undefined ? {} : { name }) } }),
    });
    changed();
    return { outcome: 'added', id };
  };
}

function requireSmall(bytes: number): void {
  if (bytes <= largestCorrectionBytes) return;
  const limit = Math.round(largestCorrectionBytes / 2 ** 20);
  throw new AppError(
    'upload-refused',
    `A corrected photo has at most ${limit} MiB, this one has ${Math.ceil(bytes / 2 ** 20)} MiB.`,
    'Have the app send a smaller JPEG.',
  );
}
