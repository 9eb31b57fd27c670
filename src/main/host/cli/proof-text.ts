import type { Model } from '../../../shared/domain/model';
import { count } from './format';

/** How far a file that was opened is what it was, in words. `what`: what was compared. */
export function proofText(proof: NonNullable<Model['imported']>['proof'], what: string): string {
  const { pictures, of, largestDifference } = proof;
  const on = count(pictures, of === 'photos' ? 'photo' : 'drawn picture');
  return `Held against the file on ${on}: ${what} differs by at most ${Number(largestDifference.toPrecision(2))}.`;
}
