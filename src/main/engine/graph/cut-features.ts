import { AppError } from '../../../shared/api/errors';
import type { GraphChange } from '../../../shared/domain/model';
import type { Graph, Operator } from './graph';
import { GraphBuilder } from './graph-builder';
import { counted } from './passes/counted';
import { dropUnused } from './passes/drop-unused';
import { linkGraph } from './passes/graph-links';
import { isConstant, tensorElements } from './tensor-data';
import { isWholeAverage } from './whole-average';

/** A classifier in two: what it sees in a picture, and what it makes of that. */
export interface CutFeatures {
  /** Picture in, features [1, width] out. */
  features: Graph;
  /** Features [1, width] in, the classifier's own answers out; undefined: it ends in its features. */
  rest: Graph | undefined;
  width: number;
  changes: GraphChange[];
}

/** So many are kept for each photo, and a head has as many weights a label. */
export const mostFeatures = 8192;

/**
 * The output that answers, where there are several: the one row of probabilities.
 * @throws AppError 'model-unsupported' where none or more than one is.
 */
export function chooseAnswers(graph: Graph): Graph {
  if (graph.outputs.length === 1) return graph;
  const links = linkGraph(graph);
  const chosen = graph.outputs.filter((output) => links.producer(output)?.kind === 'SOFTMAX');
  if (chosen.length === 1) return { ...graph, outputs: chosen };
  const found = chosen.length === 0 ? 'none of them' : `${chosen.length} of them`;
  throw noFeatures(
    `it has ${graph.outputs.length} outputs, and ${found} ends in a SOFTMAX`,
    'Open a file with one picture as its input and one row of probabilities as its output.',
  );
}

/**
 * Cuts a classifier where its features are: before its last layer, or behind its average over the whole
 * picture where hidden layers after that are narrower. Layers without an activation that follow one another there are all left off, since a
 * head can learn whatever they do. A file that ends in such an average, or in one row without a SOFTMAX
 * behind an activation, is all features.
 * @param graph float32 throughout, one output, as `simplifyOpened` leaves it.
 * @throws AppError 'model-unsupported' naming the operator that is in the way.
 */
export function cutFeatures(graph: Graph): CutFeatures {
  const whole = dropUnused(graph).graph;
  const { tensor, behind } = findFeatures(whole);
  const width = tensorElements(whole.tensors[tensor]?.shape ?? []);
  const name = whole.tensors[tensor]?.name ?? '';
  if (width < 2 || width > mostFeatures) {
    throw noFeatures(
      `what goes into its last layer, ${name}, are ${counted(width, 'number')}`,
      `Between 2 and ${mostFeatures} can be used: open a network that averages over the picture before its last layer.`,
    );
  }
  // Of layers alone: a row that is shaped otherwise is the same row.
  const leftOff = behind.filter((operator) => !isShaping(operator));
  const change: GraphChange = {
    pass: 'cut-features',
    description:
      leftOff.length === 0
        ? `Left whole: it ends in ${width} features, ${name}`
        : `Cut at ${name}, ${width} features; left off: ${leftOff.map((operator) => `${operator.kind} ${operator.name}`).join(', ')}`,
  };
  return {
    features: featureGraph(whole, tensor, width),
    rest: behind.length === 0 ? undefined : restGraph(whole, tensor, width, behind),
    width,
    changes: [change],
  };
}

/** Walks from the answers towards the picture. `behind`: what lies behind the features, in its order. */
function findFeatures(graph: Graph): { tensor: number; behind: Operator[] } {
  const links = linkGraph(graph);
  const behind: Operator[] = [];
  let hasHead = false;
  let isProbabilities = false;
  for (let [tensor = -1] = graph.outputs; ; ) {
    const operator = links.producer(tensor);
    if (!operator) {
      throw noFeatures(
        hasHead
          ? 'its answers follow from the pixels without any layer between that could see features'
          : 'it has no layer that answers',
      );
    }
    const { kind, name, inputs } = operator;
    const step = stepOver(graph, operator, { hasHead, isProbabilities });
    if (step === 'cut') {
      const deeper = layersAfterWiderAverage(graph, tensor);
      const at = deeper?.at(-1)?.inputs[0] ?? tensor;
      return { tensor: at, behind: [...behind, ...(deeper ?? [])].toReversed() };
    }
    if (step === 'in the way') {
      throw noFeatures(`${kind} ${name} lies between its last layer and its answers`);
    }
    if (step === 'answers are pooled') {
      throw noFeatures(`${kind} ${name} averages the answers themselves, so no layer follows it`);
    }
    hasHead ||= step === 'head';
    isProbabilities ||= kind === 'SOFTMAX' || kind === 'LOGISTIC';
    behind.push(operator);
    [tensor = -1] = inputs;
  }
}

/**
 * The hidden layers, from the last one, behind an average of more values than they leave: those sum up what
 * their own labels need (Teachable Machine's leave 100 of 1280), and other labels are told better from the
 * average. Wider ones, as MobileNet v3 has, are features as trained.
 */
function layersAfterWiderAverage(graph: Graph, from: number): Operator[] | undefined {
  const links = linkGraph(graph);
  const widthOf = (tensor: number) => tensorElements(graph.tensors[tensor]?.shape ?? []);
  const between: Operator[] = [];
  for (let tensor = from; ; ) {
    const operator = links.producer(tensor);
    if (!operator) return undefined;
    if (isWholeAverage(graph, operator)) {
      return widthOf(tensor) > widthOf(from) ? between : undefined;
    }
    const isBetween = isShaping(operator) || isRowLayer(graph, operator);
    if (!isBetween && !isActivation.has(operator.kind)) return undefined;
    between.push(operator);
    [tensor = -1] = operator.inputs;
  }
}

const isShaping = ({ kind }: Operator) => kind === 'RESHAPE' || kind === 'SQUEEZE';

type Step = 'on' | 'head' | 'cut' | 'in the way' | 'answers are pooled';

/** What an operator is to somebody who comes from the answers and looks for the features. */
function stepOver(
  graph: Graph,
  operator: Operator,
  { hasHead, isProbabilities }: { hasHead: boolean; isProbabilities: boolean },
): Step {
  if (isWholeAverage(graph, operator)) {
    return hasHead || !isProbabilities ? 'cut' : 'answers are pooled';
  }
  if (isShaping(operator)) return 'on';
  if (isRowLayer(graph, operator)) {
    const isLinear = operator.options.activation === 'none';
    if (hasHead) return isLinear ? 'on' : 'cut';
    return isLinear || isProbabilities ? 'head' : 'cut';
  }
  if (hasHead) return 'cut';
  if (operator.kind === 'SOFTMAX' || operator.kind === 'LOGISTIC') return 'on';
  return !isProbabilities && isActivation.has(operator.kind) && isRow(graph, operator)
    ? 'cut'
    : 'in the way';
}

const isActivation = new Set<Operator['kind']>(['RELU', 'RELU6', 'HARD_SWISH']);

/** Whether it answers with one value a channel, not with one a place. */
function isRow({ tensors }: Graph, { outputs }: Operator): boolean {
  const { shape } = tensors[outputs[0] ?? -1] ?? { shape: [] };
  return tensorElements(shape) === shape.at(-1);
}

/** A dense layer, or a convolution of one place that sees all of its input: weights a value each. */
function isRowLayer(
  graph: Graph,
  operator: Operator,
): operator is Operator<'FULLY_CONNECTED' | 'CONV_2D'> {
  if (operator.kind !== 'FULLY_CONNECTED' && operator.kind !== 'CONV_2D') return false;
  const [input, kernel] = operator.inputs.map((index) => graph.tensors[index]);
  if (!kernel || !isConstant(kernel) || !isRow(graph, operator)) return false;
  return tensorElements(kernel.shape.slice(1)) === tensorElements(input?.shape ?? []);
}

function featureGraph(graph: Graph, tensor: number, width: number): Graph {
  const builder = new GraphBuilder({ ...graph, description: '', metadata: new Map() });
  const shape = [1, width];
  // Also of a dense layer, whose shape it is already: a head read back from a file ends there.
  const features = builder.operator('RESHAPE', 'features', [tensor], shape, { newShape: shape });
  return dropUnused(builder.finish([features])).graph;
}

function restGraph(
  graph: Graph,
  tensor: number,
  width: number,
  behind: readonly Operator[],
): Graph {
  const builder = new GraphBuilder({ ...graph, operators: [], inputs: [], metadata: new Map() });
  const row = builder.input('features', [1, width]);
  const newShape = graph.tensors[tensor]?.shape ?? [];
  const shaped = builder.operator('RESHAPE', 'shaped', [row], newShape, { newShape });
  const { operators, ...rest } = builder.finish(graph.outputs);
  const moved = behind.map((operator) => ({
    ...operator,
    inputs: operator.inputs.map((input) => (input === tensor ? shaped : input)),
  }));
  return dropUnused({ ...rest, operators: [...operators, ...moved] }).graph;
}

const noFeatures = (
  reason: string,
  remedy = 'Open a classifier that ends in a dense layer or a 1×1 convolution behind its features.',
): AppError =>
  new AppError('model-unsupported', `This file can’t be a base for training: ${reason}.`, remedy);
