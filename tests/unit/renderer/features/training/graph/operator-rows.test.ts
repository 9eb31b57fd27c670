import { findOperators, countKinds } from '@renderer/features/training/graph/find-operators';
import { constantOperators, operatorRows } from '@renderer/features/training/graph/operator-rows';
import type { GraphOperator, GraphTensor } from '@shared/domain/graph-summary';
import { describe, expect, it } from 'vitest';

const tensor = (change: Partial<GraphTensor>): GraphTensor => ({
  name: 'tensor',
  shape: [1, 4],
  type: 'float32',
  origin: 'operator',
  ...change,
});
const constant = tensor({ name: 'kernel', origin: 'constant', bytes: 16 });

/** An operator that takes the values of others, or the model's input for none. */
function operator(number: number, from: number[], change: Partial<GraphOperator> = {}) {
  const inputs =
    from.length === 0
      ? [tensor({ name: 'image', origin: 'input' })]
      : from.map((source) => tensor({ name: `value ${source}`, from: source }));
  return {
    number,
    kind: 'CONV_2D',
    name: `layer/${number}`,
    inputs: [...inputs, constant],
    outputs: [tensor({ name: `layer/${number}` })],
    weightBytes: 16,
    branches: [],
    ...change,
  } satisfies GraphOperator;
}

/** "|" for the main line, then a letter a lane: s leaves, j taken, x both, . passes. */
function picture(operators: GraphOperator[], withConstants = false): string[] {
  return operatorRows({ operators }, withConstants).map(({ operator, above, below, lines }) => {
    const main = `${above ? '|' : ' '}${operator.number}${below ? '|' : ' '}`;
    const side = [...lines].sort((one, other) => one.lane - other.lane);
    return `${main} ${side.map((line) => `${line.lane}${letter(line)}`).join(' ')}`.trimEnd();
  });
}
const letter = (line: { starts: boolean; joins: boolean; below: boolean }) =>
  line.starts ? 's' : line.joins ? (line.below ? 'x' : 'j') : '.';

describe('operatorRows', () => {
  it('is one line for a chain', () => {
    expect(picture([operator(1, []), operator(2, [1]), operator(3, [2])])).toEqual([
      ' 1|',
      '|2|',
      '|3',
    ]);
  });

  it('draws what skips operators beside it, each in a lane that is free', () => {
    expect(
      picture([
        operator(1, []),
        operator(2, [1]),
        operator(3, [2, 1], { branches: [1] }),
        operator(4, [3]),
        operator(5, [4, 3], { branches: [3] }),
      ]),
    ).toEqual([' 1| 0s', '|2| 0.', '|3| 0j 0s', '|4| 0.', '|5  0j']);
  });

  it('needs a second lane where two values skip at once, and one line for all takers of a value', () => {
    expect(
      picture([
        operator(1, []),
        operator(2, [1]),
        operator(3, [2, 1], { branches: [1] }),
        operator(4, [3, 2], { branches: [2] }),
        operator(5, [4, 1], { branches: [1] }),
      ]),
    ).toEqual([' 1| 0s', '|2| 0. 1s', '|3| 0x 1.', '|4| 0. 1j', '|5  0j']);
  });

  it('breaks the main line where an operator does not take the value before it', () => {
    expect(
      picture([
        operator(1, []),
        operator(2, [1]),
        operator(3, [1], { branches: [1] }),
        operator(4, [3, 2], { branches: [2] }),
      ]),
    ).toEqual([' 1| 0s', '|2  0. 1s', ' 3| 0j 1.', '|4  1j']);
  });

  it('leaves out what works on weights alone, or shows it without a step in the line', () => {
    const unpack = operator(2, [], { kind: 'DEQUANTIZE', inputs: [constant] });
    const again = operator(3, [2], { kind: 'RESHAPE' });
    const operators = [operator(1, []), unpack, again, operator(4, [1, 3])];
    expect([...constantOperators(operators)]).toEqual([2, 3]);
    expect(picture(operators)).toEqual([' 1|', '|4']);
    expect(picture(operators, true)).toEqual([' 1|', '|2|', '|3|', '|4']);
  });
});

describe('findOperators', () => {
  const operators = [
    operator(1, [], { activation: 'relu6' }),
    operator(2, [1], { kind: 'ADD' }),
    operator(12, [2], { outputs: [tensor({ name: 'Logits', type: 'int8' })] }),
  ];

  it('needs all words, in kind, name, number, activation, or a tensor', () => {
    expect(findOperators(operators, 'conv')).toEqual([1, 12]);
    expect(findOperators(operators, 'CONV int8')).toEqual([12]);
    expect(findOperators(operators, '#12')).toEqual([12]);
    expect(findOperators(operators, 'relu6')).toEqual([1]);
    expect(findOperators(operators, 'Logits')).toEqual([12]);
    expect(findOperators(operators, 'nothing of it')).toEqual([]);
  });

  it('finds none for no words', () => {
    expect(findOperators(operators, '  ')).toEqual([]);
  });

  it('counts kinds, the most frequent first', () => {
    expect(countKinds(operators)).toEqual([
      ['CONV_2D', 2],
      ['ADD', 1],
    ]);
  });
});
