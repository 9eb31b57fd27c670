import { basename, join } from 'node:path';
import { runJob } from '../../src/main/host/cli/follow-jobs';
import type { StudioClient } from '../../src/shared/api/contract';
import type { IssueItem } from '../../src/shared/api/issues-api';
import type { IssueKind } from '../../src/shared/domain/issue';
import { defaultSplitRatio } from '../../src/shared/domain/split';
import { createBenchApp } from './bench-app';
import { type PlantedIssues, plantIssues } from './plant-issues';
import { timed } from './stopwatch';

const never = { signal: new AbortController().signal };

export interface PlantedFigures {
  planted: number;
  found: number;
  /** Photos that were flagged and had nothing planted, and how many those are in all. */
  falseAlarms: number;
  others: number;
}

/**
 * Plants issues into a copy of `photos` (a folder a class), imports and analyzes it, and counts what
 * the analysis found and what it flagged besides; then splits anew, and counts what still straddles.
 */
export async function benchPlantedIssues(folder: string, photos: string, seed: number) {
  const planted = await plantIssues(photos, join(folder, 'photos'), seed);
  const app = await createBenchApp(folder);
  try {
    const client = app.client();
    await client.call('projects.create', { name: 'Planted' });
    const sourceIds = [app.staging.stagePaths([join(folder, 'photos')])];
    await runJob(client, () => client.call('dataset.importPhotos', { sourceIds }), never);
    const { ms } = await timed(() =>
      runJob(client, () => client.call('issues.analyze', {}), never),
    );
    const kinds = await judge(client, planted);
    await client.call('splits.splitAnew', { ratio: defaultSplitRatio, seed });
    await runJob(client, () => client.call('issues.analyze', {}), never);
    const leaksAfterSplitAnew = (await listAll(client, 'leak')).length;
    return { seed, analyzeMs: ms, kinds, leaksAfterSplitAnew };
  } finally {
    await app.dispose();
  }
}

async function judge(client: StudioClient, planted: PlantedIssues) {
  const { photos } = await client.call('dataset.listPhotos', { offset: 0, limit: 1000 });
  const names = new Map(photos.map(({ id, fileName }) => [id, fileName]));
  const { labels } = await client.call('dataset.summary', {});
  const labelName = (id?: number) => labels.find((label) => label.id === id)?.name;
  const flagged = (kind: IssueKind) => listAll(client, kind);
  const right = new Map([...planted.wrongLabels].map(([path, label]) => [basename(path), label]));

  const count = async (
    kind: IssueKind,
    wanted: ReadonlySet<string>,
    isExpected: (name: string) => boolean = () => false,
  ): Promise<PlantedFigures> => {
    const items = await flagged(kind);
    const nameOf = ({ photoId }: IssueItem) => names.get(photoId) ?? '';
    const hits = items.filter((item) => wanted.has(nameOf(item)));
    const alarms = items.filter((item) => !wanted.has(nameOf(item)) && !isExpected(nameOf(item)));
    return {
      planted: wanted.size,
      found: hits.length,
      falseAlarms: alarms.length,
      others: photos.length - wanted.size,
    };
  };

  const copies = new Set(planted.reencodedCopies.map((path) => basename(path)));
  const blurred = new Set(planted.blurredCopies.map((path) => basename(path)));
  // A copy's original belongs to its group, and a blurred copy is a near duplicate too.
  const originals = new Set(
    [...copies, ...blurred].map((name) => name.replace(/^(again|blurred)-/, '').slice(0, 12)),
  );
  const exact = await flagged('exact-duplicate');
  return {
    'label-error': await count('label-error', new Set(right.keys())),
    rightSuggestions: (await flagged('label-error')).filter(
      ({ photoId, suggestedLabelId }) =>
        suggestedLabelId !== undefined &&
        labelName(suggestedLabelId) === right.get(names.get(photoId) ?? ''),
    ).length,
    'exact-duplicate': {
      planted: planted.exactCopies.length,
      found: exact.filter(({ detail }) => detail.places === 2).length,
      falseAlarms: Math.max(0, exact.length - planted.exactCopies.length),
      others: photos.length - planted.exactCopies.length,
    },
    'near-duplicate': await count(
      'near-duplicate',
      copies,
      (name) => originals.has(name) || blurred.has(name),
    ),
    blurred: await count('blurred', blurred),
    burst: await count('burst', new Set()),
    outlier: await count('outlier', new Set()),
    leak: await count('leak', new Set()),
  };
}

async function listAll(client: StudioClient, kind: IssueKind): Promise<IssueItem[]> {
  return (await client.call('issues.list', { kind, limit: 1000 })).items;
}
