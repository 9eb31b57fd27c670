import { describe, expect, it } from 'vitest';
import { scheduledShare } from '@main/engine/training/fine-tune/learning-rate';
import { decodeSnapshot, encodeSnapshot } from '@main/engine/training/fine-tune/snapshot-file';
import {
  type TuningHooks,
  type TuningSnapshot,
  type TuningTask,
  tuneNetwork,
} from '@main/engine/training/fine-tune/tune-network';
import type {
  TunedNetwork,
  TuningBatch,
  TuningState,
} from '@main/engine/training/fine-tune/tuned-network';
import { fineTuningSchema } from '@shared/domain/fine-tuning';

const labels = Int32Array.from({ length: 10 }, (_, i) => i % 2);

/**
 * A network whose one weight counts the epochs, and whose confidence in the right label after each is
 * told by a script.
 */
function scripted(confidence: readonly number[]) {
  const seen: { rows: number[]; rates: number[] } = { rows: [], rates: [] };
  let weight = 0;
  let restored: TuningState | undefined;
  let steps = 0;
  const network: TunedNetwork = {
    engine: 'scripted',
    async step({ inputs, rows }: TuningBatch, rate) {
      steps += 1;
      if (steps % 3 === 0) weight += 1;
      seen.rows.push(...inputs.slice(0, rows));
      seen.rates.push(rate);
    },
    async logits(inputs, rows) {
      return Float32Array.from({ length: rows * 2 }, (_, i) => {
        const label = labels[inputs[i >> 1] ?? 0];
        return i % 2 === label ? (confidence[weight - 1] ?? 0) : 0;
      });
    },
    state: async () => ({
      weights: [Float32Array.of(weight)],
      adam: { steps, first: [Float32Array.of(steps)], second: [Float32Array.of(2 * steps)] },
    }),
    async restore(state) {
      restored = state;
      weight = state.weights[0]?.[0] ?? 0;
      steps = state.adam.steps;
    },
    async setWeights([first]) {
      weight = first?.[0] ?? Number.NaN;
    },
    dispose: () => undefined,
  };
  return { network, seen, weight: () => weight, restored: () => restored };
}

function taskOf(network: TunedNetwork, settings: object = {}): TuningTask {
  const plain = async (index: number) => Float32Array.of(index);
  return {
    network,
    train: { labels, plain, view: plain },
    validation: { labels, plain },
    classes: 2,
    droppedWidth: 1,
    settings: {
      ...fineTuningSchema.parse({ epochs: 6, batchSize: 4, patience: 2, ...settings }),
      dropout: 0,
      labelSmoothing: 0,
      balanceClasses: true,
      seed: 3,
    },
  };
}

const record = (epoch: number, validationLoss: number) => ({
  epoch,
  trainLoss: 1,
  trainAccuracy: 0.5,
  validationLoss,
  validationAccuracy: 0.5,
});

const start: TuningSnapshot = {
  headEpochs: 2,
  resumed: 0,
  epochs: [record(1, 0.9), record(2, 0.5)],
  bestEpoch: 2,
  best: [Float32Array.of(0)],
  state: {
    weights: [Float32Array.of(0)],
    adam: { steps: 0, first: [Float32Array.of(0)], second: [Float32Array.of(0)] },
  },
};

const hooks = (changes: Partial<TuningHooks> = {}): TuningHooks => ({
  signal: new AbortController().signal,
  ...changes,
});

describe('tuneNetwork', () => {
  it('keeps the weights of the best epoch and stops when nothing gets better', async () => {
    const { network, weight } = scripted([1, 3, 2, 2.5, 9]);
    const { snapshot, stopped } = await tuneNetwork(taskOf(network), start, hooks());
    expect(stopped).toBe('early');
    expect(snapshot.epochs).toHaveLength(6);
    expect(snapshot.bestEpoch).toBe(4);
    expect(weight()).toBe(2);
  });

  it('keeps the head’s weights when no epoch is better', async () => {
    const { network, weight } = scripted([0.1, 0.1, 9]);
    const { snapshot, stopped } = await tuneNetwork(taskOf(network), start, hooks());
    expect(stopped).toBe('early');
    expect(snapshot.bestEpoch).toBe(2);
    expect(snapshot.epochs).toHaveLength(4);
    expect(weight()).toBe(0);
  });

  it('judges epochs, the head’s too, by views of validation photos where there are any', async () => {
    // Of a photo as it is the network gets surer and surer, of its views only once.
    const { network } = scripted([1, 2, 3, 4, 5, 6]);
    const byView = scripted([0.2, 0.9, 0.3, 0.2]);
    const answer = network.logits;
    network.logits = async (inputs, rows) => {
      const isView = (inputs[0] ?? 0) >= 100;
      if (!isView) return answer(inputs, rows);
      await byView.network.restore(await network.state());
      return byView.network.logits(
        inputs.map((index) => index - 100),
        rows,
      );
    };
    const task = taskOf(network);
    task.validation.views = { labels, plain: async (index) => Float32Array.of(100 + index) };
    const { snapshot, stopped } = await tuneNetwork(task, start, hooks());
    expect(stopped).toBe('early');
    expect(snapshot.bestEpoch).toBe(4);
    expect(snapshot.epochs.map(({ viewLoss }) => viewLoss !== undefined)).toEqual([
      ...[false, true],
      ...[true, true, true, true],
    ]);
    expect(snapshot.epochs[5]!.validationLoss).toBeLessThan(snapshot.epochs[3]!.validationLoss);
  });

  it('sees each photo once an epoch, in an order of its own, with a step size that falls', async () => {
    const { network, seen } = scripted([1, 2, 3, 4, 5, 6]);
    const steps: [number, number][] = [];
    const onStep = (done: number, total: number) => steps.push([done, total]);
    await tuneNetwork(taskOf(network), start, hooks({ onStep }));
    const epochs = Array.from({ length: 6 }, (_, i) => seen.rows.slice(i * 10, i * 10 + 10));
    for (const rows of epochs) {
      expect([...rows].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    }
    expect(epochs[0]).not.toEqual(epochs[1]);
    expect(steps.at(-1)).toEqual([18, 18]);
    const highest = Math.max(...seen.rates);
    expect(highest).toBeCloseTo(3e-4, 8);
    expect(seen.rates.indexOf(highest)).toBe(2);
    expect(seen.rates.at(-1)).toBeLessThan(highest * 0.02);
  });

  it('goes on after any epoch as it would have', async () => {
    const saved: TuningSnapshot[] = [];
    const whole = scripted([1, 2, 3, 4, 5, 6]);
    await tuneNetwork(
      taskOf(whole.network),
      start,
      hooks({ save: async (snapshot) => void saved.push(snapshot) }),
    );
    const file = encodeSnapshot(saved[2]!, 'this');
    const part = scripted([1, 2, 3, 4, 5, 6]);
    const again = decodeSnapshot(file, 'this');
    expect(again).toEqual(saved[2]);
    const { snapshot } = await tuneNetwork(taskOf(part.network), again!, hooks());
    expect(part.seen.rows).toEqual(whole.seen.rows.slice(30));
    expect(part.seen.rates).toEqual(whole.seen.rates.slice(9));
    expect(snapshot).toEqual(saved.at(-1));
  });

  it('does not go on when the checkpoint was of the end', async () => {
    const { network, seen } = scripted([0.1, 0.1]);
    const stalled = { ...start, epochs: [...start.epochs, record(3, 0.7), record(4, 0.7)] };
    const { stopped } = await tuneNetwork(taskOf(network), stalled, hooks());
    expect(stopped).toBe('early');
    expect(seen.rows).toEqual([]);
  });

  it('ends when cancelled, between two steps', async () => {
    const { network, seen } = scripted([1]);
    const controller = new AbortController();
    const run = tuneNetwork(
      taskOf(network),
      start,
      hooks({ signal: controller.signal, onStep: (done) => done === 2 && controller.abort() }),
    );
    await expect(run).rejects.toMatchObject({ code: 'cancelled' });
    expect(seen.rates).toHaveLength(2);
  });

  it('ends when the loss is no longer a number', async () => {
    const { network } = scripted([Number.NaN]);
    await expect(tuneNetwork(taskOf(network), start, hooks())).rejects.toMatchObject({
      code: 'runtime-failed',
      message: 'Fine-tuning went astray in epoch 3: the loss is no longer a number.',
    });
  });

  it('tells of a photo that can’t be read', async () => {
    const { network } = scripted([1]);
    const task = taskOf(network);
    task.train.view = () => Promise.reject(new Error('unreadable'));
    await expect(tuneNetwork(task, start, hooks())).rejects.toThrow('unreadable');
  });
});

describe('scheduledShare', () => {
  it('rises in a line, then falls to nearly nothing', () => {
    const shares = Array.from({ length: 20 }, (_, step) => scheduledShare(step, 20, 4));
    expect(shares.slice(0, 5)).toEqual([0.25, 0.5, 0.75, 1, 1]);
    for (let i = 5; i < 20; i += 1) expect(shares[i]).toBeLessThan(shares[i - 1]!);
    expect(shares[19]).toBeLessThan(0.02);
    expect(scheduledShare(0, 5, 0)).toBe(1);
  });
});
