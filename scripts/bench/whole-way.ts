import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StudioApp } from '../../src/main/app/studio-app';
import { runJob, waitForJobs } from '../../src/main/host/cli/follow-jobs';
import type { StudioClient } from '../../src/shared/api/contract';
import { createBenchApp } from './bench-app';
import { round, timed } from './stopwatch';

const never = { signal: new AbortController().signal };

/** Real photos (a folder a class) where they are at hand. */
export function seedPhotos(): string | undefined {
  const seed =
    process.env.POCKETLENS_SEED ?? fileURLToPath(new URL('../../../shared/seed', import.meta.url));
  const photos = join(seed, 'photos');
  return existsSync(photos) ? photos : undefined;
}

/**
 * From a folder of photos to a compared, quantized model, timed a stage. On real photos where
 * there are some, else on the generated sample.
 */
export async function benchWholeWay(folder: string) {
  const app = await createBenchApp(folder);
  try {
    return await wholeWay(app, app.client());
  } finally {
    await app.dispose();
  }
}

async function wholeWay(app: StudioApp, client: StudioClient) {
  const start = performance.now();
  const photos = await bringPhotos(app, client);
  const first = await timed(() => train(client));
  const quantized = await timed(() => quantize(client, first.result));
  const compared = await timed(() => compare(client, [first.result, quantized.result]));
  const totalMs = round(performance.now() - start);

  await relabelFive(client);
  const retrained = await timed(() => train(client));

  const comparison = await client.call('evaluation.comparison', { comparisonId: compared.result });
  return {
    photos: { source: photos.source, count: photos.count },
    ms: {
      import: photos.ms,
      trainWithFeatures: first.ms,
      quantize: quantized.ms,
      compare: compared.ms,
      total: totalMs,
      retrainAfterFiveLabels: retrained.ms,
    },
    models: comparison.models.map(({ precision, bytes, top1, total, latencyMs }) => ({
      precision,
      bytes,
      top1,
      testPhotos: total,
      latencyMs: { p50: round(latencyMs.p50), p95: round(latencyMs.p95) },
    })),
    verdict: comparison.verdict,
  };
}

async function bringPhotos(app: StudioApp, client: StudioClient) {
  const seed = seedPhotos();
  if (!seed) {
    const { ms } = await timed(async () => {
      await client.call('projects.createSample', {});
      await waitForJobs(client, 'import', never);
    });
    return { source: 'generated sample', ms, count: await countPhotos(client) };
  }
  await client.call('projects.create', { name: 'Bench' });
  const sourceIds = [app.staging.stagePaths([seed])];
  const { ms } = await timed(() =>
    runJob(client, () => client.call('dataset.importPhotos', { sourceIds }), never),
  );
  return { source: 'seed photos', ms, count: await countPhotos(client) };
}

async function countPhotos(client: StudioClient): Promise<number> {
  return (await client.call('dataset.summary', {})).total;
}

async function train(client: StudioClient): Promise<string> {
  const job = await runJob(client, () => client.call('training.start', {}), never);
  return job.result?.modelId ?? '';
}

async function quantize(client: StudioClient, modelId: string): Promise<string> {
  const job = await runJob(client, () => client.call('quantization.start', { modelId }), never);
  return job.result?.modelId ?? '';
}

async function compare(client: StudioClient, modelIds: string[]): Promise<string> {
  const job = await runJob(client, () => client.call('evaluation.compare', { modelIds }), never);
  return job.result?.comparisonId ?? '';
}

/** Gives five photos of the first label the second one, as a person who found mistakes would. */
async function relabelFive(client: StudioClient): Promise<void> {
  const { labels } = await client.call('dataset.summary', {});
  const [first, second] = labels;
  if (!first || !second) throw new Error('The bench needs photos of two labels');
  const { photos } = await client.call('dataset.listPhotos', {
    filter: { labelIds: [first.id] },
    offset: 0,
    limit: 5,
  });
  const photoIds = photos.map(({ id }) => id);
  await client.call('dataset.assignLabel', { photoIds, labelId: second.id });
}
