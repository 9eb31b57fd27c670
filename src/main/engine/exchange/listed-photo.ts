import { labelNameSchema } from '../../../shared/domain/label';
import type { Split } from '../../../shared/domain/split';

/** In pixels of the upright picture, from its top left corner; may have fractions. */
export interface PixelBox {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** A part of a picture that becomes a photo of its own. */
export interface Cut {
  /** Tells the cuts of one picture apart; part of the new photo's name. */
  id: string;
  box: PixelBox;
  /** What the list says the picture measures; a picture that measures otherwise is not cut. */
  pictureSize?: { width: number; height: number };
}

/** What a list says about a photo. */
export interface PhotoFactsGiven {
  label?: string;
  split?: Split;
  excluded?: boolean;
  cut?: Cut;
}

/** A photo as a list of photos names it, by a path as it is written there. */
export interface NamedPhoto extends PhotoFactsGiven {
  path: string;
}

/** What a list says that can't be used, as an import reports it. */
export interface ListProblem {
  path: string;
  reason: string;
  message: string;
}

export interface ParsedList {
  photos: NamedPhoto[];
  problems: ListProblem[];
}

/** A label as it is written somewhere; '' is none, and so is what can't be a label: a problem. */
export function readLabel(
  written: string,
  path: string,
  problems: ListProblem[],
): string | undefined {
  if (written.trim() === '') return undefined;
  const name = labelNameSchema.safeParse(written);
  if (name.success) return name.data;
  const why = name.error.issues[0]?.message ?? 'It can’t be one';
  problems.push({
    path,
    reason: 'label-name',
    message: `“${written.trim().slice(0, 40)}” can’t be a label. ${why}. The photo came in without one.`,
  });
  return undefined;
}

/** The studio trains classifiers that give one answer: see docs/adr, "One label a photo". */
export function severalLabels(path: string, labels: Iterable<string>): ListProblem {
  const names = [...labels].map((label) => `“${label}”`).join(' and ');
  return {
    path,
    reason: 'several-labels',
    message: `The photo has the labels ${names}. The studio trains on one label a photo, so it was left out.`,
  };
}
