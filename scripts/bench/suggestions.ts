import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { cleanGraph } from '../../src/main/engine/graph/clean-graph';
import { joinHead } from '../../src/main/engine/graph/join-head';
import { readTflite } from '../../src/main/engine/graph/read-tflite';
import { writeTflite } from '../../src/main/engine/graph/write-tflite';
import { runJob } from '../../src/main/host/cli/follow-jobs';
import { featureKey, featureSpace } from '../../src/main/platform/cache-kinds';
import { openCacheStore } from '../../src/main/platform/cache-store';
import { openDatabase } from '../../src/main/platform/database/open-database';
import { createBackbones } from '../../src/main/services/training/backbones';
import type { StudioApp } from '../../src/main/app/studio-app';
import type { StudioClient } from '../../src/shared/api/contract';
import { backbonePreprocessing, backboneRecipe } from '../../src/shared/domain/backbone';
import { modelSchema, trainingSettingsSchema } from '../../src/shared/domain/model';
import { createRandom } from '../../src/shared/domain/random';
import { createBenchApp, inProject } from './bench-app';
import { round, timed } from './stopwatch';

const never = { signal: new AbortController().signal };
const classes = 20;

/**
 * A project of `count` photos without files whose drawn features lie around 20 centers, one of ten
 * labeled: milliseconds until all have suggestions by neighbors and by a model's head, of the state
 * that the interface asks for, of finding what looks like one photo, and the longest time in which
 * the main thread did nothing else.
 */
export async function benchSuggestions(folder: string, count: number) {
  const projectFolder = join(folder, 'drawn');
  const app = await createBenchApp(folder);
  try {
    const client = app.client();
    await app.createProject(projectFolder, 'Drawn');
    await client.call('projects.close', {});
    drawProject(projectFolder, count);

    const byNeighbors = await computed(app, projectFolder);
    const { ms: stateMs } = await timed(() => client.call('suggestions.state', {}));
    const question = { photoIds: [Math.ceil(count / 2)] };
    const { ms: similarMs, result } = await timed(() =>
      client.call('similarity.findSimilar', question),
    );
    const { ms: acceptMs, result: accepted } = await timed(() =>
      client.call('suggestions.accept', { threshold: 0.5 }),
    );
    await client.call('dataset.undo', {});
    await client.call('projects.close', {});
    await addModel(projectFolder);
    const byModel = await computed(app, projectFolder);
    return {
      photos: count,
      byNeighbors,
      byModel,
      stateMs,
      accept: { photos: accepted.photos, ms: acceptMs },
      similar: { ms: similarMs, method: result.method },
    };
  } finally {
    await app.dispose();
  }
}

/** Opens the project and waits until all its photos have a suggestion. */
async function computed(app: StudioApp, projectFolder: string) {
  const client = app.client();
  await app.openProject(projectFolder);
  const delays = monitorEventLoopDelay({ resolution: 5 });
  delays.enable();
  const { ms } = await timed(() => client.call('suggestions.compute', {}));
  delays.disable();
  const { source, answered } = await client.call('suggestions.state', {});
  return { source: source.kind, answered, ms, longestBlockMs: round(delays.max / 1e6) };
}

const usualBackbone = () => {
  const backbones = createBackbones(inProject('resources'));
  const backbone = backbones.get(trainingSettingsSchema.parse({}).backbone);
  return { backbone, file: backbones.file(backbone) };
};

function drawProject(projectFolder: string, count: number): void {
  const { backbone } = usualBackbone();
  const space = featureSpace(backbone.sha256, backboneRecipe(backbone), false);
  const random = createRandom(1);
  const centers = Array.from({ length: classes }, () =>
    Float32Array.from({ length: backbone.featureWidth }, () => Math.max(0, random.normal())),
  );
  const database = openDatabase(join(projectFolder, 'project.sqlite'));
  const cache = openCacheStore(join(projectFolder, 'cache', 'cache.sqlite'));
  database.run("INSERT INTO imports (id, started_at) VALUES ('drawn', '2026-01-01T00:00:00.000Z')");
  for (let label = 1; label <= classes; label += 1) {
    database.run('INSERT INTO labels (id, name, color, position) VALUES (?, ?, ?, ?)', [
      label,
      `thing ${label}`,
      '#4dabf7',
      label - 1,
    ]);
  }
  const pageSize = 2000;
  for (let start = 1; start <= count; start += pageSize) {
    const ids = Array.from({ length: Math.min(pageSize, count - start + 1) }, (_, i) => start + i);
    cache.putAll(
      ids.map((id) => {
        const features = Float32Array.from(centers[id % classes] ?? [], (value) =>
          Math.max(0, value + 0.7 * random.normal()),
        );
        const key = featureKey(hashOf(id), space);
        return { kind: 'features' as const, key, data: new Uint8Array(features.buffer) };
      }),
    );
    database.run(
      `INSERT INTO photos (id, sha256, file_name, bytes, format, width, height, perceptual_hash,
         sharpness, brightness, label_id, split, import_id, imported_at)
       SELECT value, printf('%064d', value), value || '.jpg', 1000, 'jpeg', 640, 480,
         '0000000000000000', 1, 1, iif(value % 200 < 20, 1 + value % ${classes}, NULL),
         iif(value % 200 < 20, 'train', NULL), 'drawn', '2026-01-01T00:00:00.000Z'
       FROM json_each(?)`,
      [JSON.stringify(ids)],
    );
  }
  cache.close();
  database.close();
}

const hashOf = (id: number): string => String(id).padStart(64, '0');

/** Puts a model with a head of random weights into the project. */
async function addModel(projectFolder: string): Promise<void> {
  const { backbone, file } = usualBackbone();
  const random = createRandom(2);
  const { featureWidth } = backbone;
  const kernel = Float32Array.from({ length: featureWidth * classes }, () => random.normal());
  const head = {
    output: { kernel, bias: new Float32Array(classes) },
    featureWidth,
    classes,
    dropout: 0,
  };
  const { graph } = cleanGraph(joinHead(readTflite(await readFile(file)), head));
  const bytes = writeTflite(graph);
  await writeFile(join(projectFolder, 'models', 'model-1.tflite'), bytes);
  const labels = Array.from({ length: classes }, (_, index) => `thing ${index + 1}`);
  const createdAt = '2026-01-01T00:00:00.000Z';
  const model = modelSchema.parse({
    id: 'model-1',
    name: 'Drawn',
    precision: 'float32',
    io: 'float32',
    bytes: bytes.length,
    sha256: 'a'.repeat(64),
    createdAt,
    versionId: 'version-1',
    backbone: backbone.name,
    preprocessing: backbonePreprocessing(backbone, labels),
    provenance: { kind: 'measured', on: 'nothing', by: 'the bench', at: createdAt },
  });
  const database = openDatabase(join(projectFolder, 'project.sqlite'));
  // Photos without files can't be frozen.
  database.run(
    `INSERT INTO dataset_versions (id, created_at, labels, content_hash, photos)
     VALUES ('version-1', ?, ?, ?, x'')`,
    [createdAt, JSON.stringify(labels), 'c'.repeat(64)],
  );
  database.run('INSERT INTO models (id, created_at, record) VALUES (?, ?, ?)', [
    model.id,
    createdAt,
    JSON.stringify(model),
  ]);
  database.close();
}

/**
 * Labels `each` photos of every class of `photos` (a folder a class), and counts how many of the
 * others have the right suggestion by their neighbors.
 */
export async function benchFirstLabels(folder: string, photos: string, each: number) {
  const app = await createBenchApp(folder);
  try {
    const client = app.client();
    await client.call('projects.create', { name: 'First labels' });
    const sourceIds = [app.staging.stagePaths([photos])];
    const input = { sourceIds, labels: 'none' as const };
    await runJob(client, () => client.call('dataset.importPhotos', input), never);
    const classOf = await readClasses(client);
    await labelSome(client, classOf, each);
    await client.call('suggestions.compute', {});
    return await judge(client, classOf);
  } finally {
    await app.dispose();
  }
}

/** The folder that each photo came from, by its id. */
async function readClasses(client: StudioClient): Promise<Map<number, string>> {
  const { photoIds } = await client.call('dataset.listPhotoIds', {});
  const entries = photoIds.map(async (photoId) => {
    const { folder } = await client.call('dataset.photo', { photoId });
    return [photoId, basename(folder ?? '')] as const;
  });
  return new Map(await Promise.all(entries));
}

async function labelSome(
  client: StudioClient,
  classOf: ReadonlyMap<number, string>,
  each: number,
): Promise<void> {
  for (const name of new Set(classOf.values())) {
    const { label } = await client.call('dataset.createLabel', { name });
    const ofClass = [...classOf].flatMap(([photoId, itsClass]) =>
      itsClass === name ? [photoId] : [],
    );
    const photoIds = createRandom(1).shuffled(ofClass).slice(0, each);
    await client.call('dataset.assignLabel', { photoIds, labelId: label.id });
  }
}

async function judge(client: StudioClient, classOf: ReadonlyMap<number, string>) {
  const { labels } = await client.call('dataset.summary', {});
  const names = new Map(labels.map(({ id, name }) => [id, name]));
  const list = { filter: { unlabeled: true }, offset: 0, limit: 1000 };
  const { photos } = await client.call('dataset.listPhotos', list);
  const judged = photos.flatMap(({ id, suggestion }) =>
    suggestion ? [{ ...suggestion, right: names.get(suggestion.labelId) === classOf.get(id) }] : [],
  );
  const share = (threshold: number) => {
    const some = judged.filter(({ probability }) => probability >= threshold);
    return { threshold, photos: some.length, right: some.filter(({ right }) => right).length };
  };
  return { unlabeled: photos.length, suggested: [0, 0.5, 0.9, 0.99].map(share) };
}
