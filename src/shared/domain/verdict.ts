import type { Comparison, Difference, ModelResult } from './comparison';
import { pairedDifferenceInterval } from './statistics';

/**
 * What a comparison lets one say about the second model:
 * `worse`, `better`: the exact test finds a difference (p < 0.05);
 * `within-chance`: it finds none, and the loss seen is small;
 * `undecided`: it finds none, but the loss seen is one that a person would mind;
 * `too-few`: even a faultless result on so few photos would leave room for a large loss.
 */
export type Judgement = 'worse' | 'better' | 'within-chance' | 'undecided' | 'too-few';

/** The level of the exact test. */
const significance = 0.05;
/** A loss of more than one photo that is also more than this share is not waved through. */
const tolerableLoss = 0.02;
/** Room for a hidden loss, on a faultless result, from which on a test set is too small. */
const largestHiddenLoss = 0.1;
/** Sizes and times within this factor are called alike. */
const alike = 1.05;

export function judge(
  { pValue, lost, gained }: Pick<Difference, 'pValue' | 'lost' | 'gained'>,
  photos: number,
): Judgement {
  if (pValue < significance) return lost > gained ? 'worse' : 'better';
  if (photos < fewestPhotos) return 'too-few';
  const netLoss = lost - gained;
  return netLoss <= 1 || netLoss / photos <= tolerableLoss ? 'within-chance' : 'undecided';
}

/** Photos below which a test set is `too-few`: 35. */
export const fewestPhotos = fewestPhotosFor(largestHiddenLoss);

function fewestPhotosFor(hiddenLoss: number): number {
  let photos = 1;
  const room = (bothRight: number) =>
    pairedDifferenceInterval({ bothRight, firstOnly: 0, secondOnly: 0, bothWrong: 0 }).high;
  while (room(photos) > hiddenLoss) photos += 1;
  return photos;
}

/**
 * A plain sentence that a person can act on, one for each model held against the first. "Within
 * chance" is said by the exact test alone, and what the test set could have hidden is always said.
 */
export const verdict = (comparison: Judged): string => verdictSentences(comparison).join(' ');

type Judged = Pick<Comparison, 'models' | 'differences' | 'split' | 'generated'>;

/** The verdict with a text for each difference, in their order: several do not read well in one. */
export function verdictSentences(comparison: Judged): string[] {
  const { models, differences, split, generated } = comparison;
  const sentences = differences.map((difference) => {
    const first = models.find((model) => model.modelId === difference.firstId);
    const second = models.find((model) => model.modelId === difference.secondId);
    if (!first || !second) throw new RangeError('A difference names a model that is not compared');
    return sentence(difference, {
      first: shortName(first, models),
      second: shortName(second, models),
      total: second.total,
      photos: `${second.total} ${generated ? 'generated ' : ''}${split} ${noun(second.total, generated)}`,
      split,
      quantized: second.precision === 'int8',
    });
  });
  if (generated) {
    sentences.push('These are generated pictures: judge again on photographs of your own.');
  }
  return sentences;
}

/** "int8" where the precision tells the models apart, else the model's name. */
export function shortName(model: ModelResult, models: readonly ModelResult[]): string {
  const alone = models.filter((other) => other.precision === model.precision).length === 1;
  return alone ? model.precision : model.name;
}

interface Wording {
  first: string;
  second: string;
  total: number;
  /** "84 test photos". */
  photos: string;
  split: string;
  quantized: boolean;
}

function sentence(difference: Difference, words: Wording): string {
  const { first, second, total, photos, split } = words;
  const gainsNothing = difference.sizeRatio < alike && difference.speedRatio < alike;
  const traits = `${second} is ${cost(difference, first)}`;
  const changed = changedPhotos(difference, photos);
  const interval = `95% interval ${points(difference.interval.low)} to ${points(difference.interval.high)} points`;
  const hidden = `a loss of up to ${magnitude(difference.interval.low)} points could hide in this ${split} set`;
  const p = pText(difference.pValue);
  switch (judge(difference, total)) {
    case 'worse': {
      const way = words.quantized
        ? ', quantize again with more calibration photos or to float16'
        : '';
      return `${traits}, but clearly worse: it ${changed} (${p}; ${interval}): keep ${first}${way}.`;
    }
    case 'better':
      return `${traits} and clearly better: it ${changed} (${p}; ${interval}): use it.`;
    case 'too-few':
      return `${traits}, but ${photos} are too few to say what that costs: it ${changed}, and ${hidden} (${interval}): compare on ${fewestPhotos} or more.`;
    case 'undecided':
      return `${traits}; it ${changed}, and this ${split} set cannot tell whether that is chance (${p}; ${interval}): compare on more photos before you rely on it.`;
    case 'within-chance': {
      const chance = difference.lost + difference.gained > 0 ? ', which is within chance' : '';
      const advice = gainsNothing ? `nothing is gained by it, keep ${first}` : 'use it';
      return `${traits}; it ${changed}${chance} (${p}; ${hidden}, ${interval}): ${advice}.`;
    }
  }
}

/** "3.9× smaller and 1.6× faster". */
function cost({ sizeRatio, speedRatio }: Difference, first: string): string {
  const sameSize = isAlike(sizeRatio);
  const sameSpeed = isAlike(speedRatio);
  if (sameSize && sameSpeed) return `as large and as fast as ${first}`;
  const size = sameSize ? 'as large' : times(sizeRatio, 'smaller', 'larger');
  const speed = sameSpeed ? 'as fast' : times(speedRatio, 'faster', 'slower');
  const opposed = !sameSize && !sameSpeed && sizeRatio > 1 !== speedRatio > 1;
  return `${size} ${opposed ? 'but' : 'and'} ${speed}`;
}

const isAlike = (ratio: number): boolean => ratio < alike && ratio > 1 / alike;

function times(ratio: number, more: string, less: string): string {
  const factor = ratio > 1 ? ratio : 1 / ratio;
  return `${factor.toFixed(factor < 10 ? 1 : 0)}× ${ratio > 1 ? more : less}`;
}

function changedPhotos({ lost, gained }: Difference, photos: string): string {
  if (lost === 0 && gained === 0) return `loses none of ${photos}`;
  if (gained === 0) return `loses ${lost} of ${photos}`;
  if (lost === 0) return `gains ${gained} of ${photos}`;
  return `loses ${lost} and gains ${gained} of ${photos}`;
}

function noun(count: number, generated: boolean): string {
  return `${generated ? 'picture' : 'photo'}${count === 1 ? '' : 's'}`;
}

/** −6.4: a share as percentage points with its sign. */
function points(share: number): string {
  const text = magnitude(share);
  if (text === '0.0') return '0';
  return share < 0 ? `−${text}` : `+${text}`;
}

const magnitude = (share: number): string => Math.abs(share * 100).toFixed(1);

function pText(pValue: number): string {
  return pValue < 0.001 ? 'p < 0.001' : `p = ${pValue.toFixed(pValue < 0.1 ? 3 : 2)}`;
}
