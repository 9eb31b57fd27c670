import { AppError } from '../../../shared/api/errors';
import type { Graph, Operator, OperatorKind } from '../graph/graph';

/** What TFLite's 8-bit quantization specification asks of an operator's tensors. */
export interface OperatorRule {
  /** inputs[1] holds weights, output channels along this axis; inputs[2] is the bias. */
  weightAxis?: 0 | 3;
  /**
   * All weights share one scale, where others have one a channel. Newer runtimes take dense layers with a
   * scale a channel, too; TensorFlow Lite 2.7 accepts such a file without a word and answers at random.
   */
  oneScale?: true;
  /** Which inputs are quantized like activations, constants among them too. */
  activations: 'first' | 'all';
  /** Output and activations share one scale and zero point. */
  sharesEncoding?: true;
  /** Answers from 0 to 1, which may have one encoding alone. */
  isProbability?: true;
}

/** Source: "LiteRT 8-bit quantization specification", operator specifications. */
const rules: Partial<Record<OperatorKind, OperatorRule>> = {
  CONV_2D: { weightAxis: 0, activations: 'first' },
  DEPTHWISE_CONV_2D: { weightAxis: 3, activations: 'first' },
  FULLY_CONNECTED: { weightAxis: 0, oneScale: true, activations: 'first' },
  AVERAGE_POOL_2D: { activations: 'first', sharesEncoding: true },
  MAX_POOL_2D: { activations: 'first', sharesEncoding: true },
  RESHAPE: { activations: 'first', sharesEncoding: true },
  SQUEEZE: { activations: 'first', sharesEncoding: true },
  PAD: { activations: 'first', sharesEncoding: true },
  CONCATENATION: { activations: 'all', sharesEncoding: true },
  MEAN: { activations: 'first' },
  ADD: { activations: 'all' },
  SUB: { activations: 'all' },
  MUL: { activations: 'all' },
  RELU: { activations: 'first' },
  RELU6: { activations: 'first' },
  HARD_SWISH: { activations: 'first' },
  SOFTMAX: { activations: 'first', isProbability: true },
  LOGISTIC: { activations: 'first', isProbability: true },
};

/** @throws AppError 'model-unsupported' naming the operator. */
export function operatorRule(operator: Operator): OperatorRule {
  const rule = rules[operator.kind];
  if (!rule) throw unsupported(`the operator ${describe(operator)}`);
  if ('activation' in operator.options && operator.options.activation === 'tanh') {
    throw unsupported(`tanh fused into ${describe(operator)}`);
  }
  return rule;
}

/** The axis of output channels of a layer's weights; undefined for an operator without any. */
export const weightAxisOf = ({ kind }: Operator): 0 | 3 | undefined => rules[kind]?.weightAxis;

/** The inputs that are quantized like activations, absent ones left out. */
export function activationInputs(operator: Operator): number[] {
  const { activations } = operatorRule(operator);
  return (activations === 'first' ? operator.inputs.slice(0, 1) : operator.inputs).filter(
    (index) => index >= 0,
  );
}

/**
 * Checks that a graph is one that can be quantized: float32, one input, one output, and only
 * operators with an int8 form, but for those that are kept in float.
 * @throws AppError 'model-unsupported'.
 */
export function refuseUnsupported(graph: Graph, kept: ReadonlySet<Operator>): void {
  if (graph.inputs.length !== 1) throw unsupported(`a model with ${graph.inputs.length} inputs`);
  if (graph.outputs.length !== 1) throw unsupported(`a model with ${graph.outputs.length} outputs`);
  for (const operator of graph.operators) {
    if (kept.has(operator)) continue;
    operatorRule(operator);
    for (const index of [...activationInputs(operator), ...operator.outputs]) {
      const tensor = graph.tensors[index];
      if (tensor?.type !== 'float32') {
        throw unsupported(`${describe(operator)} on ${tensor?.type} values`);
      }
    }
  }
}

const describe = ({ kind, name }: Operator) => (name === '' ? kind : `${kind} (${name})`);

export const unsupported = (what: string) =>
  new AppError(
    'model-unsupported',
    `Quantization to integers does not cover ${what}.`,
    'Quantize to float16 instead, or train with one of the backbones that come with Pocketlens Studio.',
  );
