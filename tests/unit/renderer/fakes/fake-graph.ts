import type { GraphSummary, GraphTensor } from '@shared/domain/graph-summary';

const value = (name: string, from?: number): GraphTensor => ({
  name,
  shape: [1, 8, 8, 4],
  type: 'int8',
  ...(from === undefined ? { origin: 'input' } : { origin: 'operator', from }),
  quantization: {
    scales: 1,
    axis: 0,
    scale: { least: 0.0625, most: 0.0625 },
    zeroPoint: { least: -4, most: -4 },
  },
});

const kernel: GraphTensor = {
  name: 'first/kernel',
  shape: [4, 3, 3, 4],
  type: 'int8',
  origin: 'constant',
  bytes: 144,
  quantization: {
    scales: 4,
    axis: 0,
    scale: { least: 0.001, most: 0.02 },
    zeroPoint: { least: 0, most: 0 },
  },
};

/** Two convolutions and a sum with what the first one gave. */
export const fakeGraph = (): GraphSummary => ({
  bytes: 4000,
  sha256: 'a'.repeat(64),
  description: '',
  precision: 'int8',
  inputs: [value('image')],
  outputs: [value('sum', 3)],
  operators: [
    {
      number: 1,
      kind: 'CONV_2D',
      name: 'net/first',
      inputs: [value('image'), kernel],
      outputs: [value('net/first', 1)],
      weightBytes: 144,
      multiplyAdds: 1000,
      activation: 'relu6',
      branches: [],
    },
    {
      number: 2,
      kind: 'DEPTHWISE_CONV_2D',
      name: 'net/second',
      inputs: [value('net/first', 1), kernel],
      outputs: [value('net/second', 2)],
      weightBytes: 144,
      multiplyAdds: 500,
      branches: [],
    },
    {
      number: 3,
      kind: 'ADD',
      name: 'net/sum',
      inputs: [value('net/second', 2), value('net/first', 1)],
      outputs: [value('net/sum', 3)],
      weightBytes: 0,
      multiplyAdds: 0,
      branches: [1],
    },
  ],
  totals: { weightBytes: 288, multiplyAdds: 1500, uncounted: 0 },
  changes: [],
});
