import { createRandom, hashText, type Random } from '../../shared/domain/random';

/** What decides how a photo is changed in an epoch: the same for the same photo, whenever it is asked. */
export const viewRandom = (seed: number, epoch: number, sha256: string): Random =>
  createRandom(hashText(`${seed}/view/${epoch}/${sha256}`));
