import type { HandlersOf } from '../../../shared/api/contract';
import { AppError } from '../../../shared/api/errors';
import type { FineTuningOptions, fineTuningApi } from '../../../shared/api/fine-tuning-api';
import { type Backbone, backboneRecipe } from '../../../shared/domain/backbone';
import type { AugmentedPhoto, FineTuning } from '../../../shared/domain/fine-tuning';
import { trainingSettingsSchema } from '../../../shared/domain/model';
import { createRandom } from '../../../shared/domain/random';
import type { Backbones, Dataset, ProjectContext } from '../ports';

export interface FineTuningService {
  handlers: HandlersOf<typeof fineTuningApi>;
  /** @throws AppError 'not-ready' where nothing fine-tunes here, 'bad-request' for too many blocks. */
  refuseIfImpossible(backbone: Backbone, fineTuning: FineTuning): Promise<void>;
  /** As a JPEG. @throws AppError 'not-found', 'photo-unreadable'. */
  augmentedPhoto(photo: AugmentedPhoto): Promise<Uint8Array>;
}

export interface FineTuningParts {
  context: ProjectContext;
  dataset: Dataset;
  backbones: Backbones;
}

export function createFineTuningService(parts: FineTuningParts): FineTuningService {
  const { context, dataset, backbones } = parts;
  /** By backbone. What is missing may be built at any time, so that alone is asked again. */
  const known = new Map<string, FineTuningOptions>();

  async function optionsOf(backbone: Backbone): Promise<FineTuningOptions> {
    const found = known.get(backbone.name);
    if (found) return found;
    const backboneFile = backbones.file(backbone);
    const options = await context.workers.run('describe-fine-tuning', { backbone, backboneFile });
    if (options.engine !== undefined) known.set(backbone.name, options);
    return options;
  }

  return {
    handlers: {
      'fineTuning.options': ({ backbone }) =>
        optionsOf(backbones.get(backbone ?? trainingSettingsSchema.parse({}).backbone)),

      'fineTuning.previewPhotos': ({ count, seed }) => {
        const photos = dataset.previewVersion().photos.filter(({ split }) => split === 'train');
        const shuffled = createRandom(seed).shuffled(photos);
        const seen = new Map<number, number>();
        // One of each label first, then a second of each.
        const turns = shuffled.map((photo) => {
          const turn = seen.get(photo.labelIndex) ?? 0;
          seen.set(photo.labelIndex, turn + 1);
          return { photoId: photo.photoId, turn };
        });
        const chosen = turns.sort((a, b) => a.turn - b.turn).slice(0, count);
        return { photoIds: chosen.map(({ photoId }) => photoId) };
      },
    },

    async refuseIfImpossible(backbone, { blocks }) {
      const { missing, limit, blocks: possible } = await optionsOf(backbone);
      if (missing) throw new AppError('not-ready', missing.message, missing.remedy);
      if (blocks <= possible.length) return;
      const count = possible.length === 0 ? 'no' : possible.length;
      const told = `${backbone.title} has ${count} blocks that can be trained, not ${blocks}.`;
      throw new AppError(
        'bad-request',
        limit === undefined ? told : `${told} ${limit}`,
        possible.length === 0 ? 'Train the head alone.' : `Choose at most ${possible.length}.`,
      );
    },

    async augmentedPhoto({ photoId, backbone, seed, epoch, augmentation }) {
      const [photo] = dataset.sources([photoId]);
      if (!photo) throw new AppError('not-found', 'There is no such photo in this project.');
      const { jpeg } = await context.workers.run('preview-augmentation', {
        photo,
        recipe: backboneRecipe(backbones.get(backbone)),
        cacheFile: context.cacheFile,
        augmentation,
        seed,
        epoch,
      });
      return jpeg;
    },
  };
}
