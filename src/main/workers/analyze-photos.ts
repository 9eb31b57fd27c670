import { setImmediate as nextTurn } from 'node:timers/promises';
import { throwIfCancelled } from '../../shared/api/errors';
import { clusterRows } from '../engine/curation/cluster-rows';
import { crossValidate } from '../engine/curation/cross-validate';
import { findFindings } from '../engine/curation/find-findings';
import { findLabelErrors } from '../engine/curation/label-errors';
import { findNeighbors } from '../engine/curation/nearest-neighbors';
import { findOutliers } from '../engine/curation/outliers';
import { findQualityIssues } from '../engine/curation/quality';
import type { Rows } from '../engine/curation/rows';
import {
  groupsOfMany,
  membersOf,
  type SimilarGroups,
  similarGroups,
} from '../engine/curation/similar-groups';
import type { TaskImplementation } from './task-context';
import type { AnalysisFacts, AnalysisOutput, EmbeddedPhotos, FoundIssue } from './tasks';

const neighborCount = 10;
/** One cluster for so many photos at the least, and never so many that a list of them is of no use. */
const clusterRule = { photos: 12, most: 60 };

/** All that can be said of a data set; each part looks for a cancel between its steps. */
export const analyzePhotos: TaskImplementation<'analyze-photos'> = async (input, context) => {
  const { facts, embedding, classes, seed } = input;
  const count = facts.photoIds.length;
  const rows = alignRows(facts, embedding);
  const checkpoint = () => throwIfCancelled(context.signal);
  const step = async (name: Parameters<typeof context.report>[0]['step'], done = 0, total = 1) => {
    await nextTurn();
    checkpoint();
    context.report({ step: name, done, total });
  };

  await step('comparing');
  const groups = similarGroups({ ...facts, features: rows, checkpoint });
  await step('neighbors');
  const known = knownRows(rows);
  const neighbors = findNeighbors(known.rows, neighborCount, seed, {
    checkpoint,
    onProgress: (done) => context.report({ step: 'neighbors', done, total: known.rows.count }),
  });
  const outliers = findOutliers(neighbors);
  const wanted = Math.min(clusterRule.most, Math.ceil(known.rows.count / clusterRule.photos));
  const clusters = clusterRows(known.rows, wanted, seed, { checkpoint });
  await step('labels');
  const labels = facts.labels.map((label, row) => (known.places.has(row) ? label : -1));
  const answers = crossValidate({
    rows,
    labels,
    classes,
    groups: groups.together,
    seed,
    checkpoint,
    onProgress: (done, total) => context.report({ step: 'labels', done, total }),
  });
  const noise = findLabelErrors(answers, labels, classes);
  await step('shortcuts');
  const findings = findFindings({ facts, classes, groups: groups.together, noise, seed });

  const output: AnalysisOutput = {
    issues: [
      ...groupIssues(facts, groups),
      ...findQualityIssues({ ...facts, duplicates: groups.duplicates }).map(
        ({ kind, photo, score, measured }) => ({ kind, photo, score, detail: { measured } }),
      ),
      ...noise.errors.map(
        ({ row, suggested, probability, givenProbability }): FoundIssue => ({
          kind: 'label-error',
          photo: row,
          score: probability - givenProbability,
          suggestedLabel: suggested,
          detail: { probability, givenProbability },
        }),
      ),
      ...outliers.rows.map((row): FoundIssue => {
        const photo = known.order[row] ?? 0;
        return { kind: 'outlier', photo, score: outliers.scores[row] ?? 0, detail: {} };
      }),
    ],
    findings,
    clusters: new Int32Array(count).fill(-1),
    duplicateGroups: groupsOfMany(groups.together),
    labelConfidence: new Float32Array(count).fill(Number.NaN),
    outliers: new Float32Array(count).fill(Number.NaN),
  };
  known.order.forEach((photo, row) => {
    output.clusters[photo] = clusters.assignment[row] ?? -1;
    output.outliers[photo] = outliers.scores[row] ?? 0;
    const label = labels[photo] ?? -1;
    if (label >= 0) output.labelConfidence[photo] = answers[photo * classes + label] ?? 0;
  });
  return output;
};

/** The embedding in the order of the facts; photos without features are rows of zeros. */
function alignRows(facts: AnalysisFacts, embedding: EmbeddedPhotos): Rows {
  const { dimensions: width, vectors } = embedding;
  const places = new Map([...embedding.photoIds].map((photoId, place) => [photoId, place]));
  const data = new Float32Array(facts.photoIds.length * width);
  facts.photoIds.forEach((photoId, row) => {
    const place = places.get(photoId);
    if (place === undefined) return;
    data.set(vectors.subarray(place * width, (place + 1) * width), row * width);
  });
  return { count: facts.photoIds.length, width, data };
}

/** Without the rows of zeros. `order`: the place that each row had. */
function knownRows(rows: Rows): { rows: Rows; order: Int32Array; places: ReadonlySet<number> } {
  const { width, data } = rows;
  const order = Int32Array.from(
    [...new Array<undefined>(rows.count).keys()].filter((row) =>
      data.subarray(row * width, (row + 1) * width).some((value) => value !== 0),
    ),
  );
  const places = new Set(order);
  if (order.length === rows.count) return { rows, order, places };
  const picked = new Float32Array(order.length * width);
  order.forEach((row, place) => {
    picked.set(data.subarray(row * width, (row + 1) * width), place * width);
  });
  return { rows: { count: order.length, width, data: picked }, order, places };
}

function groupIssues(facts: AnalysisFacts, groups: SimilarGroups): FoundIssue[] {
  return [
    ...membersOf(groups.duplicates).flatMap((members) =>
      describe('near-duplicate', facts, members),
    ),
    ...membersOf(groups.bursts).flatMap((members) => describe('burst', facts, members)),
    ...membersOf(groups.together)
      .filter((members) => isLeak(facts, members))
      .flatMap((members) => describe('leak', facts, members)),
  ];
}

function describe(
  kind: 'near-duplicate' | 'burst' | 'leak',
  { width, height, sharpness }: AnalysisFacts,
  members: readonly number[],
): FoundIssue[] {
  const pixels = (photo: number) => (width[photo] ?? 0) * (height[photo] ?? 0);
  const [best] = [...members].sort(
    (a, b) => pixels(b) - pixels(a) || (sharpness[b] ?? 0) - (sharpness[a] ?? 0) || a - b,
  );
  return members.map((photo) => ({
    kind,
    photo,
    group: members[0],
    score: members.length,
    detail: photo === best ? { best: true } : {},
  }));
}

/** Labeled photos of one group in more than one split. */
function isLeak({ labels, splits }: AnalysisFacts, members: readonly number[]): boolean {
  const used = members.filter((photo) => (labels[photo] ?? -1) >= 0 && (splits[photo] ?? -1) >= 0);
  return new Set(used.map((photo) => splits[photo])).size > 1;
}
