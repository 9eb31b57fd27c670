import type { LoadedModel, Runtime, TensorData } from '@main/engine/runtime/runtime';

export interface FakeRuntime extends Runtime {
  /** The first byte of each model that ran, in order. */
  readonly ran: number[];
  /** Models loaded and not yet disposed. */
  readonly open: number;
}

/**
 * A runtime whose models are any bytes: the first byte is a model's name in `ran`, and `answer`
 * says what it answers.
 */
export function createFakeRuntime(
  answer: (model: number, input: TensorData) => TensorData = () => new Float32Array([1]),
): FakeRuntime {
  const ran: number[] = [];
  let open = 0;
  return {
    name: 'Fake runtime 1.0',
    threads: 1,
    apart: false,
    ran,
    get open() {
      return open;
    },
    load(file) {
      const name = file[0] ?? 0;
      open += 1;
      const model: LoadedModel = {
        inputs: [],
        outputs: [],
        loadMs: 10 + name,
        lastRunMs: 1,
        run(inputs) {
          ran.push(name);
          const [input] = inputs;
          if (!input) throw new RangeError('A model needs an input');
          return Promise.resolve([answer(name, input)]);
        },
        dispose() {
          open -= 1;
        },
      };
      return Promise.resolve(model);
    },
    dispose: () => Promise.resolve(),
  };
}
