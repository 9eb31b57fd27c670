import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chooseRuntime } from '../../src/main/engine/runtime/choose-runtime';
import { runJob } from '../../src/main/host/cli/follow-jobs';
import type { StudioClient } from '../../src/shared/api/contract';
import { isCancelled } from '../../src/shared/api/errors';
import { createBenchApp, inProject } from './bench-app';
import { round } from './stopwatch';
import { rightAnswers, share, testFlags, testPhotoNames } from './stress-answers';
import { makeStressSet, readPhotos } from './stress-set';

const never = { signal: new AbortController().signal };
/** After so many epochs of fine-tuning it is cancelled and the studio closed. */
const cancelledAfter = 3;

/**
 * The head alone against the last two blocks with it, on harder variants of the photos. The
 * fine-tuning is cancelled once and resumed by a studio that was started anew. Undefined where
 * tfjs-node is not built.
 */
export async function benchFineTuning(folder: string, photosFolder: string) {
  const first = await createBenchApp(folder);
  const client = first.client();
  const { project } = await client.call('projects.create', { name: 'Fine-tuning' });
  const projectFolder = project?.folder ?? '';
  const sourceIds = [first.staging.stagePaths([photosFolder])];
  await runJob(client, () => client.call('dataset.importPhotos', { sourceIds }), never);
  const { engine } = await client.call('fineTuning.options', {});
  if (engine === undefined) return first.dispose();
  const head = await runJob(client, () => client.call('training.start', {}), never);
  const cancelled = await cancelledRun(client);
  const testPhotos = await testPhotoNames(client);
  await first.dispose();

  const second = await createBenchApp(folder);
  try {
    await second.openProject(projectFolder);
    const again = second.client();
    const { jobs } = await again.call('jobs.list', {});
    const jobId = jobs.find(({ state }) => state === 'cancelled')?.id ?? '';
    const tuned = await runJob(again, () => again.call('jobs.resume', { jobId }), never);
    const models = await Promise.all(
      [head, tuned].map(({ result }) =>
        again.call('models.get', { modelId: result?.modelId ?? '' }),
      ),
    );
    const labels = models[0]?.preprocessing.labels ?? [];
    const stress = await makeStressSet(await readPhotos(photosFolder, labels), 1);
    const isTest = await testFlags(photosFolder, labels, testPhotos);
    const rows: Record<string, object> = {};
    const runtime = await chooseRuntime({
      processFile: inProject('out/main/native-process.js'),
      say: () => undefined,
    });
    for (const [at, model] of models.entries()) {
      const file = join(projectFolder, 'models', `${model.id}.tflite`);
      const right = await rightAnswers(model, await readFile(file), stress, runtime);
      rows[at === 0 ? 'head alone' : 'last two blocks'] = {
        seconds: round(model.training?.seconds ?? 0),
        fineTuning: model.training?.fineTuning,
        epochs: model.training?.epochs.length,
        bestEpoch: model.training?.bestEpoch,
        validation: model.training?.accuracy.validation,
        kept: model.training?.epochs[model.training.bestEpoch - 1],
        epochRecords: model.training?.epochs.slice(model.training.fineTuning?.headEpochs ?? 1e9),
        check: model.training?.check,
        stressTop1: share(right, () => true),
        stressTop1OfTestPhotos: share(right, (i) => isTest[i >> 1] === true),
      };
    }
    await runtime.dispose();
    return { engine, cancelled, stress: stress.length, rows };
  } finally {
    await second.dispose();
  }
}

async function cancelledRun(client: StudioClient) {
  let epochs = 0;
  const controller = new AbortController();
  const stop = client.on('training.epoch', ({ epochs: total, record }) => {
    // Of the head there are as many as needed; of the fine-tuning the last twelve.
    if (record.epoch - (total - 12) > 0) epochs += 1;
    if (epochs === cancelledAfter) controller.abort();
  });
  const fineTuning = { blocks: 2 };
  const started = performance.now();
  await runJob(client, () => client.call('training.start', { settings: { fineTuning } }), {
    signal: controller.signal,
  }).catch((error: unknown) => {
    if (!isCancelled(error)) throw error;
  });
  stop();
  return { afterEpochs: epochs, seconds: round((performance.now() - started) / 1000) };
}
