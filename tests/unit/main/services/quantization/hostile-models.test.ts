import { existsSync, writeFileSync } from 'node:fs';
import { bytesOf, floatsOf } from '@main/engine/graph/tensor-data';
import { writeTflite } from '@main/engine/graph/write-tflite';
import { createWasmRuntime } from '@main/engine/runtime/wasm-runtime';
import { modelInputKey } from '@main/platform/cache-kinds';
import { createQuantizationService } from '@main/services/quantization/quantization-service';
import { answerPhotos } from '@main/workers/answer-photos';
import { measureLatency } from '@main/workers/measure-latency';
import { measureLayers } from '@main/workers/measure-layers';
import { quantizeModel } from '@main/workers/quantize-model';
import type { Graph } from '@main/engine/graph/graph';
import { topAnswer } from '@shared/domain/comparison-math';
import { quantizationSettingsSchema } from '@shared/domain/model';
import { isWithin } from '@shared/domain/quantization-ladder';
import { afterAll, describe, expect, it } from 'vitest';
import { createFakeDataset, createFakeVersion, fakeSha256 } from '../../../../fakes/fake-dataset';
import { createFakeJobs } from '../../../../fakes/fake-jobs';
import { createFakeModel } from '../../../../fakes/fake-model';
import { createFakeModelLibrary } from '../../../../fakes/fake-model-library';
import { createFakeProject } from '../../../../fakes/fake-project';
import { createFakeSimilarity } from '../../../../fakes/fake-similarity';
import { createTaskContext } from '../../../../fakes/fake-task-context';
import { hostileClassifier } from '../../../../fixtures/hostile-classifier';
import {
  smallClassifier,
  smallContract,
  smallLabels,
  smallPhotos,
} from '../../../../fixtures/small-classifier';

const runtime = await createWasmRuntime();
afterAll(() => runtime.dispose());

const call = { signal: new AbortController().signal };
const preprocessing = smallContract();
const [trainCount, validationCount] = [80, 60];
const pixels = smallPhotos(trainCount + validationCount);

/** A project whose one float model is `graph`; photos are labeled as it answers them. */
async function open(graph: Graph) {
  const project = createFakeProject({
    'quantize-model': (input, context) => quantizeModel(input, { ...context, runtime: ready }),
    'answer-photos': (input, context) => answerPhotos(input, { ...context, runtime: ready }),
    'measure-latency': (input, context) => measureLatency(input, { ...context, runtime: ready }),
    'measure-layers': (input, context) => measureLayers(input, { ...context, runtime: ready }),
  });
  const { cache, cacheFile } = project.context;
  const sources = pixels.map((bytes, index) => {
    const sha256 = fakeSha256(index + 1);
    cache.put('input', modelInputKey(sha256, preprocessing), bytes);
    return { photoId: index + 1, sha256, path: `/nowhere/${index + 1}.jpg` };
  });
  const models = createFakeModelLibrary(project.folder, [createFakeModel({ preprocessing })]);
  const parent = models.get('model-1');
  writeFileSync(models.file(parent), writeTflite(graph));
  const answers = async (modelFile: string, contract = preprocessing) => {
    const asked = { modelFile, preprocessing: contract, photos: sources, cacheFile };
    const context = createTaskContext<'answer-photos'>(runtime, { cache: () => cache });
    const { probabilities } = await answerPhotos(asked, context);
    return sources.map((_, row) =>
      topAnswer(probabilities.subarray(row * smallLabels.length, (row + 1) * smallLabels.length)),
    );
  };
  const truths = await answers(models.file(parent));
  const dataset = createFakeDataset([
    createFakeVersion(
      sources.map(({ photoId, sha256 }, index) => ({
        photoId,
        sha256,
        labelIndex: truths[index] ?? 0,
        split: index < trainCount ? 'train' : 'validation',
      })),
      { labels: smallLabels },
    ),
  ]);
  const jobs = createFakeJobs();
  const { handlers } = createQuantizationService({
    ...project,
    jobs,
    dataset,
    models,
    similarity: createFakeSimilarity(),
  });
  return {
    models,
    /** Of the validation photos. */
    async countRight(modelId: string) {
      const model = models.get(modelId);
      // The fake library leaves files where jobs wrote them.
      const found = await answers(models.temporaryFile(model.id), model.preprocessing);
      return found.filter((answer, index) => index >= trainCount && answer === truths[index])
        .length;
    },
    async climb(budget: number) {
      const settings = quantizationSettingsSchema.parse({ calibration: { count: 60 } });
      await handlers['quantization.climb']({ modelId: 'model-1', budget, settings }, call);
      await jobs.last().run();
      return (await handlers['quantization.ladder']({ modelId: 'model-1' }, call)).ladder;
    },
  };
}

/** A classifier whose answers differ by less than a float16 holds. */
function undecided(): Graph {
  const graph = smallClassifier();
  const tensors = graph.tensors.map((tensor) => {
    if (tensor.name !== 'logits/kernel') return tensor;
    // All rows are the first, but for a little of their own.
    const values = floatsOf(tensor);
    const width = tensor.shape[1] ?? 1;
    const alike = values.map((value, at) => (values[at % width] ?? 0) + 3e-4 * value);
    return { ...tensor, data: bytesOf(alike) };
  });
  const bias = tensors.findIndex(({ name }) => name === 'logits/bias');
  const flat = tensors[bias];
  if (flat) tensors[bias] = { ...flat, data: bytesOf(new Float32Array(smallLabels.length)) };
  return { ...graph, tensors };
}

async function ready() {
  return runtime;
}

describe('a model that is made to break', () => {
  it.each([
    ['channels a thousandfold apart', hostileClassifier(1000)],
    ['channels a millionfold apart', hostileClassifier(1e6)],
    ['channels a thousandfold apart behind ReLU6', hostileClassifier(1000, 'relu6')],
  ])('with %s ends within the budget, or is said not to', async (_, graph) => {
    const project = await open(graph);
    const ladder = await project.climb(0.02);
    if (!ladder) throw new Error('A climb leaves its ladder');
    const whole = ladder.rungs[0];
    expect(whole?.outcome).not.toBe('within');
    for (const { outcome, reason, correct } of ladder.rungs) {
      if (outcome === 'broken')
        expect(reason).toMatch(/broken|does not cover|LiteRT cannot prepare/);
      else expect(isWithin(correct ?? 0, ladder)).toBe(outcome === 'within');
    }
    expect(ladder.modelId).toBe('model-2');
    // What is offered is as good as the table says, measured again from its file.
    expect(await project.countRight('model-2')).toBe(ladder.rungs.at(-1)?.correct);
    expect(ladder.rungs.at(-1)?.outcome).toBe('within');
  });

  it('keeps none, and leaves no file, when every form loses more than the budget', async () => {
    // Answers hang by a hair: even float16 moves some of them.
    const project = await open(undecided());
    const ladder = await project.climb(0);
    expect(ladder?.modelId).toBeUndefined();
    expect(ladder?.rungs.map(({ outcome }) => outcome)).not.toContain('within');
    expect(project.models.list()).toHaveLength(1);
    expect(existsSync(project.models.temporaryFile('model-2'))).toBe(false);
  });
});
