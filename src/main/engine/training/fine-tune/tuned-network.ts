import type { Scalar, Tensor as Value, Variable } from '@tensorflow/tfjs-core';
import type { Graph } from '../../graph/graph';
import { floatsOf, tensorElements } from '../../graph/tensor-data';
import type { TensorFlow } from '../tensor-engine';
import { type AdamState, createAdam } from './adam';
import { trainableTensors } from './find-blocks';
import { computeOperator } from './tensor-operators';

/** What one step is taken on. Rows are photos. */
export interface TuningBatch {
  rows: number;
  /** Row-major [rows, elements of the graph's input]. */
  inputs: Float32Array;
  /** [rows, classes]: label-smoothed probabilities to aim for. */
  targets: Float32Array;
  /** [rows]: what each counts. */
  weights: Float32Array;
  /** [rows, width]: what DROPOUT multiplies by; absent without. */
  keep?: Float32Array;
}

/** Everything a training goes on from: the trained constants, and what Adam remembers. */
export interface TuningState {
  /** In the order of `trainableTensors`. */
  weights: Float32Array[];
  adam: AdamState;
}

/** A graph whose kernels and biases are being trained, here or in another process. */
export interface TunedNetwork {
  /** "tfjs-node 4.22.0". */
  readonly engine: string;
  /** One step of Adam on the weighted cross-entropy. */
  step(batch: TuningBatch, rate: number): Promise<void>;
  /** Row-major [rows, classes], without dropout. */
  logits(inputs: Float32Array, rows: number): Promise<Float32Array>;
  state(): Promise<TuningState>;
  restore(state: TuningState): Promise<void>;
  /** Puts other weights into place; Adam keeps what it remembers. */
  setWeights(weights: readonly Float32Array[]): Promise<void>;
  dispose(): void;
}

/** How a training may change what flows through the graph: to quantize it in pretense. */
export interface FlowChange {
  /** Of a trained constant. */
  weights(tensor: number, value: Value): Value;
  /** Of what an operator gives out, or of the input. */
  activation(tensor: number, value: Value): Value;
}

/** Values an evaluation holds at a time, of the input alone. */
const evaluationElements = 1 << 19;

/**
 * The differentiable network of a float32 graph that ends in SOFTMAX. Its input is the graph's, in
 * any number of rows.
 */
export function createTunedNetwork(
  tf: TensorFlow,
  engine: string,
  graph: Graph,
  change?: FlowChange,
): TunedNetwork {
  const trained = trainableTensors(graph);
  const variables = new Map<number, Variable>();
  const constants = new Map<number, Value>();
  for (const operator of graph.operators) {
    for (const index of operator.inputs) {
      const tensor = graph.tensors[index];
      if (tensor?.type !== 'float32' || !tensor.data) continue;
      const make = () => tf.tensor(floatsOf(tensor), tensor.shape);
      if (!trained.includes(index)) constants.set(index, constants.get(index) ?? make());
      else if (!variables.has(index))
        variables.set(
          index,
          tf.tidy(() => tf.variable(make())),
        );
    }
  }
  const ordered = trained.flatMap((index) => variables.get(index) ?? []);
  const adam = createAdam(tf, ordered);
  const input = graph.inputs[0] ?? -1;
  const inputShape = graph.tensors[input]?.shape.slice(1) ?? [];
  const inputElements = tensorElements(inputShape);
  const softmax = graph.operators.at(-1);
  if (softmax?.kind !== 'SOFTMAX') throw new Error('The graph to be trained ends in a SOFTMAX');

  function forward(rows: Value, keep?: Value): Value {
    const flows = new Map<number, Value>([[input, change?.activation(input, rows) ?? rows]]);
    for (const [index, variable] of variables) {
      flows.set(index, change?.weights(index, variable) ?? variable);
    }
    for (const operator of graph.operators) {
      if (operator === softmax) break;
      const value = computeOperator({
        tf,
        graph,
        operator,
        keep,
        input: (position) => {
          const index = operator.inputs[position] ?? -1;
          return flows.get(index) ?? constants.get(index);
        },
      });
      const [output = -1] = operator.outputs;
      flows.set(output, change?.activation(output, value) ?? value);
    }
    const logits = flows.get(softmax?.inputs[0] ?? -1);
    if (!logits || softmax?.kind !== 'SOFTMAX') throw new Error('Nothing computes the logits');
    return softmax.options.beta === 1 ? logits : tf.mul(logits, softmax.options.beta);
  }

  const setWeights = (weights: readonly Float32Array[]) => {
    ordered.forEach((variable, i) => {
      tf.tidy(() => variable.assign(tf.tensor(weights[i] ?? [], variable.shape)));
    });
  };

  return {
    engine,
    async step({ rows, inputs, targets, weights, keep }, rate) {
      const { value, grads } = tf.tidy(() =>
        tf.variableGrads(() => {
          const given = tf.tensor(inputs, [rows, ...inputShape]);
          const mask = keep && tf.tensor(keep, [rows, keep.length / rows]);
          const logits = forward(given, mask);
          const wanted = tf.tensor(targets, [rows, targets.length / rows]);
          const missed = tf.neg(tf.sum(tf.mul(wanted, tf.logSoftmax(logits)), -1));
          return tf.mean<Scalar>(tf.mul(missed, tf.tensor1d(weights)));
        }, ordered),
      );
      value.dispose();
      adam.apply(grads, rate);
    },
    async logits(inputs, rows) {
      const parts: Float32Array[] = [];
      const most = Math.max(1, Math.floor(evaluationElements / inputElements));
      for (let start = 0; start < rows; start += most) {
        const count = Math.min(most, rows - start);
        const part = inputs.subarray(start * inputElements, (start + count) * inputElements);
        const answer = tf.tidy(() => forward(tf.tensor(part, [count, ...inputShape])).dataSync());
        parts.push(Float32Array.from(answer));
      }
      const answers = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
      let at = 0;
      for (const part of parts) {
        answers.set(part, at);
        at += part.length;
      }
      return answers;
    },
    state: async () => ({
      weights: ordered.map((variable) => Float32Array.from(variable.dataSync())),
      adam: adam.state(),
    }),
    async restore({ weights, adam: remembered }) {
      setWeights(weights);
      adam.restore(remembered);
    },
    setWeights: async (weights) => setWeights(weights),
    dispose() {
      adam.dispose();
      for (const value of [...variables.values(), ...constants.values()]) value.dispose();
    },
  };
}
