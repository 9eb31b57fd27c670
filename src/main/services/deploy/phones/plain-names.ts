import { AppError } from '../../../../shared/api/errors';
import type { PushTarget } from '../../../../shared/domain/deployment';
import type { Model } from '../../../../shared/domain/model';

/** What a model is called in an app or folder that does not speak the companion protocol. */
export const plainName = ({ modelFile }: Pick<PushTarget, 'modelFile'>, { precision }: Model) =>
  modelFile.replace('{precision}', precision);

/**
 * Sees to it that no file of a push takes the place of another one of it. Phones tell no large letters
 * from small ones in names: https://source.android.com/docs/core/storage/scoped
 * @throws AppError 'bad-request' with what shares a name, or has labels of its own.
 */
export function requireNamesApart(target: PushTarget, models: readonly Model[]): void {
  if (target.speaksProtocol) return;
  const { labelsFile } = target;
  const taken = new Map<string, string>();
  if (labelsFile !== undefined) taken.set(labelsFile.toLowerCase(), 'The labels');
  for (const model of models) {
    const name = plainName(target, model);
    const other = taken.get(name.toLowerCase());
    if (other !== undefined) {
      throw new AppError(
        'bad-request',
        `${other} and ${model.name} would both be called ${name} in ${target.name}, so that only one of them would be there.`,
        'Push one model at a time; or push to a target whose model file is named with {precision}, models of different precisions.',
      );
    }
    taken.set(name.toLowerCase(), model.name);
  }
  const [first] = models;
  const odd = models.find((model) => labelsOf(model) !== (first && labelsOf(first)));
  if (!first || !odd || labelsFile === undefined) return;
  throw new AppError(
    'bad-request',
    `${first.name} and ${odd.name} know different labels, and ${target.name} has one file for them, ${labelsFile}.`,
    'Push one of the models, or use a target without a file of labels.',
  );
}

const labelsOf = ({ preprocessing }: Model) => preprocessing.labels.join('\n');
