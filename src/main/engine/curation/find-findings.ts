import type { Finding } from '../../../shared/domain/issue';
import type { LabelNoise } from './label-errors';
import { type Attribute, findShortcuts } from './shortcuts';

export interface FindingFacts {
  /** Numbers of classes; -1 for none. */
  labels: Int32Array;
  width: Float64Array;
  height: Float64Array;
  bytes: Float64Array;
  sharpness: Float64Array;
  brightness: Float64Array;
  contrast: Float64Array;
  camera: Int32Array;
  /** 12 a photo, as in `PhotoFacts`. */
  edgeColors: Float64Array;
}

export interface FindingsInput {
  facts: FindingFacts;
  classes: number;
  /** Smallest member of what belongs together. */
  groups: Int32Array;
  noise: Pick<LabelNoise, 'joint'>;
  seed: number;
}

const limits = {
  /** Photos of a label below which test results say little. */
  few: 20,
  imbalance: 3,
  overlap: { share: 0.1, photos: 3 },
} as const;

/** What is wrong with labels as a whole; labels are numbers of classes. */
export function findFindings(input: FindingsInput): Finding[] {
  const { facts, classes, noise } = input;
  const counts = new Int32Array(classes);
  for (const label of facts.labels) if (label >= 0) counts[label] = (counts[label] ?? 0) + 1;
  return [
    ...findFew(counts),
    ...findImbalance(counts),
    ...findOverlaps(counts, noise.joint),
    ...findAllShortcuts(input),
  ];
}

function findFew(counts: Int32Array): Finding[] {
  return [...counts.entries()]
    .filter(([, count]) => count > 0 && count < limits.few)
    .map(([label, count]) => ({
      kind: 'few-photos',
      labelIds: [label],
      value: count,
      photos: count,
    }));
}

function findImbalance(counts: Int32Array): Finding[] {
  const used = [...counts.entries()].filter(([, count]) => count > 0);
  used.sort(([, a], [, b]) => b - a);
  const [largest, smallest] = [used[0], used.at(-1)];
  if (!largest || !smallest) return [];
  const value = largest[1] / smallest[1];
  if (value < limits.imbalance) return [];
  const labelIds = [largest[0], smallest[0]];
  return [{ kind: 'imbalance', labelIds, value, photos: largest[1] + smallest[1] }];
}

function findOverlaps(counts: Int32Array, joint: Int32Array): Finding[] {
  const classes = counts.length;
  const findings: Finding[] = [];
  for (let label = 0; label < classes; label += 1) {
    for (let other = label + 1; other < classes; other += 1) {
      const mixed = (joint[label * classes + other] ?? 0) + (joint[other * classes + label] ?? 0);
      const photos = (counts[label] ?? 0) + (counts[other] ?? 0);
      if (mixed < limits.overlap.photos || mixed / photos < limits.overlap.share) continue;
      findings.push({ kind: 'overlap', labelIds: [label, other], value: mixed / photos, photos });
    }
  }
  return findings.sort((a, b) => b.value - a.value);
}

function findAllShortcuts({ facts, classes, groups, seed }: FindingsInput): Finding[] {
  const camera = Float64Array.from(facts.camera, (value) => (value < 0 ? Number.NaN : value));
  const edges = Array.from({ length: 12 }, (_, part) =>
    facts.width.map((_width, photo) => facts.edgeColors[photo * 12 + part] ?? Number.NaN),
  );
  const attributes = [
    { name: 'exposure', parts: [facts.brightness, facts.contrast] },
    { name: 'sharpness', parts: [facts.sharpness] },
    { name: 'size', parts: [facts.width, facts.height] },
    { name: 'bytes', parts: [facts.bytes] },
    { name: 'camera', parts: [camera], categories: true },
    { name: 'background', parts: edges },
  ] as const satisfies readonly (Attribute & { name: Finding['attribute'] })[];
  return findShortcuts(attributes, facts.labels, classes, groups, seed).map(
    ({ attribute, label, balancedAccuracy, atLeast, photos }) => ({
      kind: 'shortcut',
      labelIds: [label],
      value: balancedAccuracy,
      atLeast,
      attribute: attributes.find(({ name }) => name === attribute)?.name,
      photos,
    }),
  );
}
