import {
  type Correction,
  type QuantizationGains,
  correctionSchema,
} from '../../shared/domain/quantization-gains';
import type { QuantizationSettings } from '../../shared/domain/model';
import type { Preprocessing } from '../../shared/domain/preprocessing';
import type { Graph } from '../engine/graph/graph';
import { answerWithLogits, likenessOf } from '../engine/quantization/measure-likeness';
import type { QuantizedGraph } from '../engine/quantization/quantize-integer';
import { contractOf, type GraphQuantizer } from './graph-quantizer';
import { pixelsOf } from './quantized-inputs';
import type { TaskContext } from './task-context';
import type { TaskInput } from './tasks';

/** The corrections that are on. */
export const correctionsOf = (settings: QuantizationSettings): Correction[] =>
  correctionSchema.options.filter((correction) => settings[correction]);

/**
 * What each correction gained: the form is made once more without it, and all answer the judged photos.
 * @param float the parent, whose answers are the measure.
 * @param all the form with every correction.
 * @returns undefined without corrections or judged photos.
 */
export async function measureGains(
  float: Graph,
  all: QuantizedGraph,
  quantizer: GraphQuantizer,
  input: TaskInput<'quantize-model'>,
  context: TaskContext<'quantize-model'>,
): Promise<QuantizationGains | undefined> {
  const { settings, preprocessing, judged = [] } = input;
  const corrections = correctionsOf(settings);
  if (corrections.length === 0 || judged.length === 0) return undefined;
  const runtime = await context.runtime();
  const total = judged.length * (corrections.length + 2);
  let done = 0;
  const answersOf = (graph: Graph, contract: Preprocessing) =>
    answerWithLogits(graph, contract, pixelsOf(judged, input, context), runtime, {
      signal: context.signal,
      onPhoto: () => context.report({ step: 'judging', done: (done += 1), total }),
    });
  const truths = judged.map(({ labelIndex }) => labelIndex);
  const expected = await answersOf(float, preprocessing);
  const judge = async (form: QuantizedGraph) =>
    likenessOf(expected, await answersOf(form.graph, contractOf(form, preprocessing)), truths);
  const withAll = await judge(all);
  const without: QuantizationGains['without'] = [];
  for (const correction of corrections) {
    const form = await quantizer.quantize({ ...settings, [correction]: false });
    without.push({ correction, ...(await judge(form)) });
  }
  return {
    photos: judged.length,
    floatCorrect: likenessOf(expected, expected, truths).correct,
    all: withAll,
    without,
  };
}
