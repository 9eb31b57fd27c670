import { afterEach, describe, expect, it } from 'vitest';
import { loadTensorEngine } from '@main/engine/training/tensor-engine';
import { type HeadTraining, trainHead, type TrainingHooks } from '@main/engine/training/train-head';
import { trainingSettingsSchema } from '@shared/domain/model';
import { createRandom } from '@shared/domain/random';

const engine = await loadTensorEngine();
const tensorsBefore = engine.tf.memory().numTensors;
afterEach(() => expect(engine.tf.memory().numTensors).toBe(tensorsBefore));

/** Points around one center a class; `spread` of 0.2 separates them, of 5 nothing does. */
function drawPhotos(seed: number, counts: readonly number[], spread = 0.2) {
  const random = createRandom(seed);
  const labels = Int32Array.from(counts.flatMap((count, label) => Array(count).fill(label)));
  const features = Float32Array.from({ length: labels.length * 4 }, (_, i) => {
    const center = i % 4 === labels[Math.floor(i / 4)] ? 2 : 0.5;
    return center + spread * random.normal();
  });
  return { features, labels };
}

function training(
  settings: Partial<HeadTraining['settings']> = {},
  changes: Partial<HeadTraining> = {},
): HeadTraining {
  return {
    featureWidth: 4,
    classes: 3,
    train: drawPhotos(1, [20, 20, 20]),
    validation: drawPhotos(2, [6, 6, 6]),
    settings: { ...trainingSettingsSchema.parse({ learningRate: 0.05 }), ...settings },
    ...changes,
  };
}

async function train(job: HeadTraining, hooks?: TrainingHooks) {
  const { dispose, probabilities, ...result } = await trainHead(engine, job, hooks);
  const answers = probabilities(job.validation.features);
  dispose();
  return { ...result, answers };
}

describe('trainHead', () => {
  it('learns what can be separated, and its loss falls', async () => {
    const { epochs, best } = await train(training());
    expect(best.trainAccuracy).toBe(1);
    expect(best.validationAccuracy).toBe(1);
    expect(best.trainLoss).toBeLessThan((epochs[0]?.trainLoss ?? 0) / 2);
  });

  it('learns with a hidden layer and mirrored views', async () => {
    const job = training({ hiddenUnits: 8 });
    const mirrored = drawPhotos(5, [20, 20, 20]).features;
    const { best, head } = await train({ ...job, mirrored });
    expect(best.validationAccuracy).toBe(1);
    expect(head.hidden?.kernel).toHaveLength(4 * 8);
    expect(head.output.kernel).toHaveLength(8 * 3);
  });

  it('repeats to the bit with a seed, and differs with another', async () => {
    const settings = { epochs: 4, hiddenUnits: 3 };
    const first = await train(training(settings));
    const second = await train(training(settings));
    const other = await train(training({ ...settings, seed: 2 }));
    expect(second).toEqual(first);
    expect(other.head.output.kernel).not.toEqual(first.head.output.kernel);
  });

  it('keeps the weights of the epoch with the lowest validation loss', async () => {
    // Labels without meaning: the longer it trains, the worse it gets on photos it never saw.
    const noise = { train: drawPhotos(1, [8, 8, 8], 5), validation: drawPhotos(2, [8, 8, 8], 5) };
    const settings = { epochs: 40, patience: 0, dropout: 0, labelSmoothing: 0 };
    const long = await train(training(settings, noise));
    expect(long.epochs).toHaveLength(40);
    expect(long.best.epoch).toBeLessThan(40);
    const losses = long.epochs.map(({ validationLoss }) => validationLoss);
    expect(losses[long.best.epoch - 1]).toBe(Math.min(...losses));
    const short = await train(training({ ...settings, epochs: long.best.epoch }, noise));
    expect(short.head).toEqual(long.head);
    expect(short.answers).toEqual(long.answers);
  });

  it('stops early after as many epochs without a better one as it has patience', async () => {
    const noise = { train: drawPhotos(1, [8, 8, 8], 5), validation: drawPhotos(2, [8, 8, 8], 5) };
    const { epochs, best, stopped } = await train(
      training({ epochs: 200, patience: 3, dropout: 0 }, noise),
    );
    expect(stopped).toBe('early');
    expect(epochs).toHaveLength(best.epoch + 3);
  });

  it('ends after the epoch in which a person asks to stop', async () => {
    let asked = 0;
    const { epochs, stopped } = await train(training(), { shouldStop: () => ++asked === 3 });
    expect(stopped).toBe('by-user');
    expect(epochs).toHaveLength(3);
  });

  it('is cancelled between epochs', async () => {
    const controller = new AbortController();
    const seen: number[] = [];
    const run = train(training(), {
      signal: controller.signal,
      onEpoch: ({ epoch }) => {
        seen.push(epoch);
        if (epoch === 2) controller.abort();
      },
    });
    await expect(run).rejects.toMatchObject({ code: 'cancelled' });
    expect(seen).toEqual([1, 2]);
  });

  it('reports every epoch with the best so far', async () => {
    const reports: [number, number][] = [];
    const { epochs } = await train(training({ epochs: 5 }), {
      onEpoch: (record, bestEpoch) => reports.push([record.epoch, bestEpoch]),
    });
    expect(reports.map(([epoch]) => epoch)).toEqual([1, 2, 3, 4, 5]);
    for (const [epoch, bestEpoch] of reports) {
      const losses = epochs.slice(0, epoch).map(({ validationLoss }) => validationLoss);
      expect(losses[bestEpoch - 1]).toBe(Math.min(...losses));
    }
  });

  it('lets a rare class count as much as the others only when asked to', async () => {
    // Overlapping classes, one with 3 photos of 123.
    const rare = { train: drawPhotos(1, [60, 60, 3], 1), validation: drawPhotos(2, [0, 0, 40], 1) };
    const settings = { epochs: 30, patience: 0, dropout: 0 };
    const recall = async (balanceClasses: boolean) => {
      const { epochs } = await train(training({ ...settings, balanceClasses }, rare));
      return epochs.at(-1)?.validationAccuracy ?? 0;
    };
    expect(await recall(true)).toBeGreaterThan((await recall(false)) + 0.2);
  });

  it('is less sure of itself with label smoothing', async () => {
    const surest = async (labelSmoothing: number) => {
      const settings = { epochs: 150, patience: 0, labelSmoothing, dropout: 0 };
      return Math.max(...(await train(training(settings))).answers);
    };
    expect(await surest(0)).toBeGreaterThan(0.97);
    // (1 - 0.3) + 0.3 / 3 is what smoothing by 0.3 aims for.
    expect(await surest(0.3)).toBeLessThan(0.9);
  });

  it('says which split is empty', async () => {
    const nobody = { features: new Float32Array(), labels: new Int32Array() };
    await expect(train(training({}, { validation: nobody }))).rejects.toMatchObject({
      code: 'not-ready',
      message: 'There is no readable photo in the validation split.',
    });
  });

  it('says so when the loss is no longer a number', async () => {
    const features = new Float32Array(60 * 4).fill(Number.MAX_VALUE);
    const train60 = { features, labels: training().train.labels };
    await expect(train(training({}, { train: train60 }))).rejects.toMatchObject({
      code: 'runtime-failed',
      remedy: expect.stringContaining('learning rate'),
    });
  });
});
