import type { IssueKind } from '../../../shared/domain/issue';
import { robustSpread } from './outliers';

/** What is known of each photo, in one order. */
export interface QualityFacts {
  /** Pixels after orientation. */
  width: Float64Array;
  height: Float64Array;
  /** As in `PhotoFacts`. */
  sharpness: Float64Array;
  brightness: Float64Array;
  /** Standard deviation of luma, 0..128; NaN where it is not known. */
  contrast: Float64Array;
  /** A class for each; -1 without a label. */
  labels: Int32Array;
  /** Smallest member of each one's group of near duplicates. */
  duplicates: Int32Array;
}

export interface QualityIssue {
  kind: IssueKind;
  photo: number;
  /** Larger is worse. */
  score: number;
  /** What was measured, in the unit of the fact. */
  measured: number;
}

/** Values beyond which a photo is looked at, and how unusual it has to be besides. */
const limits = {
  /**
   * Robust standard deviations of the logarithm of sharpness below the median of all, and below that
   * of the label: some things are smooth, and so are all photos of them.
   */
  blurredDeviations: 3,
  blurredDeviationsInLabel: 2,
  /** Sharper than this is never called blurred. */
  sharpEnough: 100,
  /** Share of the sharpness of the sharpest near duplicate. */
  blurredShare: 0.1,
  dark: 40,
  bright: 225,
  contrast: 18,
  /** Longer side to shorter side. */
  aspect: 3,
  /** Shorter side in pixels: less than half of what backbones look at. */
  tiny: 96,
} as const;

/**
 * Photos that are hard to see anything in. Darkness, contrast, size and shape are judged by fixed
 * limits; sharpness depends on what is shown, so a photo counts as blurred when it is far less sharp
 * than others of its label and of all, or than a near duplicate of itself. Worst first, within a kind.
 */
export function findQualityIssues(facts: QualityFacts): QualityIssue[] {
  const issues = [
    ...findBlurred(facts),
    ...[...facts.width.keys()].flatMap((photo) => judge(facts, photo)),
  ];
  return issues.sort((a, b) => (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : b.score - a.score));
}

function judge(facts: QualityFacts, photo: number): QualityIssue[] {
  const [width, height] = [facts.width[photo] ?? 1, facts.height[photo] ?? 1];
  const brightness = facts.brightness[photo] ?? 128;
  const contrast = facts.contrast[photo] ?? Number.NaN;
  const shorter = Math.min(width, height);
  const aspect = Math.max(width, height) / shorter;
  const issues: QualityIssue[] = [];
  const add = (kind: IssueKind, isSo: boolean, score: number, measured: number) => {
    if (isSo) issues.push({ kind, photo, score, measured });
  };
  add('too-dark', brightness < limits.dark, limits.dark - brightness, brightness);
  add('too-bright', brightness > limits.bright, brightness - limits.bright, brightness);
  add('low-contrast', contrast < limits.contrast, limits.contrast - contrast, contrast);
  add('odd-aspect', aspect > limits.aspect, aspect, aspect);
  add('tiny', shorter < limits.tiny, limits.tiny / shorter, shorter);
  return issues;
}

function findBlurred({ sharpness, labels, duplicates }: QualityFacts): QualityIssue[] {
  const logs = sharpness.map((value) => Math.log(value + 1));
  const everyone = robustSpread(logs);
  const byLabel = new Map<number, number[]>();
  labels.forEach((label, photo) => {
    const list = byLabel.get(label);
    if (list) list.push(logs[photo] ?? 0);
    else byLabel.set(label, [logs[photo] ?? 0]);
  });
  const spreads = new Map([...byLabel].map(([label, values]) => [label, robustSpread(values)]));
  const sharpest = sharpestTwins(sharpness, duplicates);
  const issues: QualityIssue[] = [];
  sharpness.forEach((value, photo) => {
    if (value >= limits.sharpEnough) return;
    const own = spreads.get(labels[photo] ?? -1) ?? everyone;
    const isUnusual =
      deviationsBelow(logs[photo] ?? 0, everyone) >= limits.blurredDeviations &&
      deviationsBelow(logs[photo] ?? 0, own) >= limits.blurredDeviationsInLabel;
    const share = value / Math.max(1, sharpest[photo] ?? value);
    if (!isUnusual && share > limits.blurredShare) return;
    issues.push({ kind: 'blurred', photo, score: 1 / (value + 1), measured: value });
  });
  return issues;
}

/** Photos that are all alike have next to no spread to judge by: a third of a decade is the least. */
function deviationsBelow(value: number, { median, deviation }: ReturnType<typeof robustSpread>) {
  return (median - value) / Math.max(deviation, Math.log(10) / 3);
}

function sharpestTwins(sharpness: Float64Array, duplicates: Int32Array): Float64Array {
  const best = new Float64Array(sharpness.length);
  sharpness.forEach((value, photo) => {
    const group = duplicates[photo] ?? photo;
    best[group] = Math.max(best[group] ?? 0, value);
  });
  return sharpness.map((_, photo) => best[duplicates[photo] ?? photo] ?? 0);
}
