import type { Graph, Operator, Tensor } from '../graph';
import { bytesOf } from '../tensor-data';
import { type ConstantArithmetic, constantArithmetic, constantOf } from './constant-arithmetic';
import { linkGraph } from './graph-links';
import { untilNone } from './until-none';

/**
 * Makes of a chain of MUL, ADD and SUB by constants one MUL and one ADD, or one of them: normalizations
 * that follow each other, or an app's own scaling of pixels before that of the network.
 */
export const chainArithmetic = untilNone({
  pass: 'chain-arithmetic',
  find: findChain,
  apply: joined,
  describe(chain) {
    const names = chain.map(({ operator: { kind, name } }) => `${kind} ${name}`).join(', ');
    return `Made ${stepsOf(chain).join(' and ')} of ${names}`;
  },
});

/** A chain as long as it goes, when fewer operators compute the same. */
function findChain(graph: Graph): ConstantArithmetic[] | undefined {
  const links = linkGraph(graph);
  const arithmetic = new Map(
    graph.operators.flatMap((operator) => {
      const found = constantArithmetic(graph, operator);
      return found ? [[operator, found] as const] : [];
    }),
  );
  const before = ({ value }: ConstantArithmetic): ConstantArithmetic | undefined => {
    const found = arithmetic.get(links.producer(value) as Operator);
    const isPlain = found?.operator.options.activation === 'none';
    return isPlain && links.onlyConsumer(value) ? found : undefined;
  };
  for (const last of [...arithmetic.values()].toReversed()) {
    const chain = [last];
    for (let step = before(last); step; step = before(step)) chain.unshift(step);
    if (stepsOf(chain).length < chain.length) return chain;
  }
  return undefined;
}

const stepsOf = (chain: readonly ConstantArithmetic[]): ('MUL' | 'ADD')[] => [
  ...(chain.some(({ isMul }) => isMul) ? (['MUL'] as const) : []),
  ...(chain.some(({ isMul }) => !isMul) ? (['ADD'] as const) : []),
];

/** value * factor + term, of all steps together. */
function composed(chain: readonly ConstantArithmetic[]) {
  const channels = Math.max(...chain.map(({ constants }) => constants.length));
  const factors = new Float64Array(channels).fill(1);
  const terms = new Float64Array(channels);
  for (const { isMul, constants } of chain) {
    for (let channel = 0; channel < channels; channel += 1) {
      const constant = constantOf(constants, channel);
      const [factor, term] = [factors[channel] ?? 1, terms[channel] ?? 0];
      factors[channel] = isMul ? factor * constant : factor;
      terms[channel] = isMul ? term * constant : term + constant;
    }
  }
  return { factors, terms };
}

function joined(graph: Graph, chain: readonly ConstantArithmetic[]): Graph {
  const [first] = chain;
  const last = chain.at(-1);
  if (!first || !last) return graph;
  const { factors, terms } = composed(chain);
  const tensors = [...graph.tensors];
  const constant = (name: string, values: Float64Array): number => {
    const tensor: Tensor = {
      name: `${last.operator.name}/${name}`,
      shape: [values.length],
      type: 'float32',
      data: bytesOf(Float32Array.from(values)),
    };
    return tensors.push(tensor) - 1;
  };
  const steps = stepsOf(chain);
  const { activation } = last.operator.options;
  const outputs = last.operator.outputs;
  const [between = -1] = first.operator.outputs;
  const { name } = last.operator;
  const made: Operator[] = steps.map((kind, at): Operator => {
    const isLast = at === steps.length - 1;
    const input = at === 0 ? first.value : between;
    const by = kind === 'MUL' ? constant('factors', factors) : constant('terms', terms);
    const common = { inputs: [input, by], outputs: isLast ? outputs : [between] };
    return {
      kind,
      name: isLast ? name : `${name}/mul`,
      ...common,
      options: { activation: isLast ? activation : 'none' },
    };
  });
  const gone = new Set<Operator>(chain.map(({ operator }) => operator));
  const operators = graph.operators.flatMap((operator) => {
    if (operator === last.operator) return made;
    return gone.has(operator) ? [] : [operator];
  });
  return { ...graph, tensors, operators };
}
