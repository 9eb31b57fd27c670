import type { Calibration } from '../../src/main/engine/quantization/calibrate';
import { quantizeInt16 } from '../../src/main/engine/quantization/quantize-int16';
import { quantizeInt8 } from '../../src/main/engine/quantization/quantize-int8';
import type { QuantizedGraph } from '../../src/main/engine/quantization/quantize-integer';
import { layersToRound, type Rounding } from '../../src/main/engine/quantization/rounding/rounding';
import { searchRounding } from '../../src/main/engine/quantization/rounding/search-rounding';
import { toDynamicRange, toInt8Weights } from '../../src/main/engine/quantization/store-weights';
import type { Runtime } from '../../src/main/engine/runtime/runtime';
import type { Form } from './model-forms';

/** What makes a form of a model, with means or without and with a rounding or the nearest weights. */
type Maker = (options: {
  means: Calibration['means'] | undefined;
  rounding: Rounding | undefined;
}) => Pick<QuantizedGraph, 'graph'> & Partial<QuantizedGraph>;

/** The forms with int8 weights once more with searched rounding, alone and with corrected biases. */
export async function searchedForms(
  { graph, contract }: Form,
  { ranges, means }: Calibration,
  inputs: () => AsyncIterable<Float32Array>,
  photos: number,
  runtime: Runtime,
): Promise<Record<string, Form>> {
  const { mean, std } = contract;
  const normalization = { mean, std };
  const makers: Record<string, Maker> = {
    'int8-weights': (options) => toInt8Weights(graph, options),
    'dynamic-range': (options) => toDynamicRange(graph, options),
    int16x8: (options) => quantizeInt16(graph, ranges, { ...options, normalization }),
    'int8 min-max': (options) =>
      quantizeInt8(graph, ranges, { ...options, normalization, io: 'float32' }),
  };
  const forms: Record<string, Form> = {};
  for (const [name, make] of Object.entries(makers)) {
    const layers = layersToRound((rounding) => make({ means, rounding }));
    const [alone, corrected] = await searchRounding(graph, layers, inputs, runtime, {
      centered: [false, true],
      photos,
      seed: 1,
      signal: new AbortController().signal,
    });
    const add = (suffix: string, made: ReturnType<Maker>) => {
      const { inputEncoding: input, outputEncoding: output, normalization: own } = made;
      forms[`${name}${suffix}`] = {
        graph: made.graph,
        contract: { ...contract, ...own, ...(input && { input }), ...(output && { output }) },
      };
    };
    add(', rounding searched', make({ means: undefined, rounding: alone?.rounding }));
    add(', rounding searched, biases corrected', make({ means, rounding: corrected?.rounding }));
  }
  return forms;
}
