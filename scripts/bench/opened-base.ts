import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { chooseRuntime } from '../../src/main/engine/runtime/choose-runtime';
import { runJob } from '../../src/main/host/cli/follow-jobs';
import type { StudioClient } from '../../src/shared/api/contract';
import { trainingSettingsSchema } from '../../src/shared/domain/model';
import { createBenchApp, inProject } from './bench-app';
import { round } from './stopwatch';
import { rightAnswers, share, testFlags, testPhotoNames } from './stress-answers';
import { makeStressSet, readPhotos } from './stress-set';

const never = { signal: new AbortController().signal };
/** As the article's model was trained. */
const stated = { mean: 127.5, std: 127.5 };

/**
 * Heads on the features of the article's graph.lite, opened as a base, against heads on EfficientNet-Lite0:
 * the same photos, splits and settings, judged on harder variants of the photos. Where tfjs-node is built, the opened
 * base's last two blocks with it, too.
 */
export async function benchOpenedBase(folder: string, photosFolder: string) {
  const app = await createBenchApp(folder);
  try {
    const client = app.client();
    const { project } = await client.call('projects.create', { name: 'Opened base' });
    const sourceIds = [app.staging.stagePaths([photosFolder])];
    await runJob(client, () => client.call('dataset.importPhotos', { sourceIds }), never);
    const started = performance.now();
    const sourceId = app.staging.stagePaths([join(dirname(photosFolder), 'graph.lite')]);
    const opening = await runJob(
      client,
      () => client.call('bases.open', { sourceId, stated }),
      never,
    );
    const openedIn = round((performance.now() - started) / 1000);
    const { backbones } = await client.call('training.backbones', {});
    const base = backbones.find(({ name }) => name === opening.result?.['backbone']);
    const names = [base?.name ?? '', trainingSettingsSchema.parse({}).backbone];
    const models = [];
    for (const backbone of names) models.push(await trainedOn(backbone, client));
    const { engine } = await client.call('fineTuning.options', { backbone: names[0] });
    // Without tfjs-node nothing is fine-tuned, and the row is missing.
    if (engine !== undefined) models.push(await trainedOn(names[0] ?? '', client, { blocks: 2 }));

    const labels = models[0]?.preprocessing.labels ?? [];
    const stress = await makeStressSet(await readPhotos(photosFolder, labels), 1);
    const isTest = await testFlags(photosFolder, labels, await testPhotoNames(client));
    const runtime = await chooseRuntime({
      processFile: inProject('out/main/native-process.js'),
      say: () => undefined,
    });
    const rows: Record<string, object> = {};
    for (const model of models) {
      const file = join(project?.folder ?? '', 'models', `${model.id}.tflite`);
      const right = await rightAnswers(model, await readFile(file), stress, runtime);
      rows[model.name] = {
        bytes: model.bytes,
        validation: model.training?.accuracy.validation,
        check: model.training?.check,
        stressTop1: share(right, () => true),
        stressTop1OfTestPhotos: share(right, (i) => isTest[i >> 1] === true),
      };
    }
    await runtime.dispose();
    const { featureWidth, opened } = base ?? {};
    return { openedIn, featureWidth, proof: opened?.proof, stress: stress.length, rows };
  } finally {
    await app.dispose();
  }
}

async function trainedOn(backbone: string, client: StudioClient, fineTuning?: { blocks: number }) {
  const job = await runJob(
    client,
    () => client.call('training.start', { settings: { backbone, fineTuning } }),
    never,
  );
  return client.call('models.get', { modelId: job.result?.['modelId'] ?? '' });
}
