import { InvalidArgumentError } from 'commander';
import {
  type Augmentation,
  augmentationSchema,
  noAugmentation,
} from '../../../shared/domain/fine-tuning';

/** `none`, or what is wanted and how much of it: `flip,rotate=15,crop=0.2`. The rest is left as it is. */
export function augmentation(text: string): Augmentation {
  if (text.trim() === 'none') return noAugmentation;
  const given = text.split(',').map((part) => {
    const [name = '', amount] = part.trim().split('=');
    if (!Object.hasOwn(noAugmentation, name)) {
      throw new InvalidArgumentError(
        `There is no “${name}”; there are ${Object.keys(noAugmentation).join(', ')}.`,
      );
    }
    return [name, name === 'flip' && amount === undefined ? true : Number(amount)] as const;
  });
  const { data, error } = augmentationSchema.safeParse({
    ...noAugmentation,
    ...Object.fromEntries(given),
  });
  if (data) return data;
  const issue = error.issues[0];
  throw new InvalidArgumentError(`${String(issue?.path[0])}: ${issue?.message}.`);
}
