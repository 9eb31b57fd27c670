import type { QuantizationSettings } from '../../shared/domain/model';
import type { Preprocessing } from '../../shared/domain/preprocessing';
import { toFloat16 } from '../engine/graph/convert-float16';
import type { Graph } from '../engine/graph/graph';
import type { PassResult } from '../engine/graph/passes/pass';
import type { Normalization } from '../engine/quantization/activation-scheme';
import { type Calibration, calibrate } from '../engine/quantization/calibrate';
import { equalizeChannels } from '../engine/quantization/equalize-channels';
import { quantizeInt16 } from '../engine/quantization/quantize-int16';
import { quantizeInt8 } from '../engine/quantization/quantize-int8';
import type { QuantizedGraph } from '../engine/quantization/quantize-integer';
import { createObserver } from '../engine/quantization/range-rules';
import type { Runtime } from '../engine/runtime/runtime';
import { layersToRound, type Rounding } from '../engine/quantization/rounding/rounding';
import {
  roundingSearched,
  type SearchedRounding,
  searchRounding,
} from '../engine/quantization/rounding/search-rounding';
import { toDynamicRange, toInt8Weights } from '../engine/quantization/store-weights';
import { withInnerRuntime } from './inner-runtime';
import { floatInputs, pixelsOf } from './quantized-inputs';
import type { TaskContext } from './task-context';
import type { TaskInput } from './tasks';

type Context = TaskContext<'quantize-model'>;
type Input = TaskInput<'quantize-model'>;

/** The graph as it is to be rounded, with what its activations are on calibration photos. */
export type Prepared = PassResult & { calibration?: Calibration };

/** Makes forms of one float graph; what they have in common is measured once. */
export interface GraphQuantizer {
  prepare(settings: QuantizationSettings): Promise<Prepared>;
  /** @throws AppError what the quantizers throw. */
  quantize(settings: QuantizationSettings): Promise<QuantizedGraph>;
}

/** Precisions that store weights alone. */
const storages = {
  float16: toFloat16,
  'int8-weights': toInt8Weights,
  'dynamic-range': toDynamicRange,
} as const;

/**
 * @param input decides photos and preprocessing.
 * @param searches whether biases are corrected, for each form with searched rounding that will be asked
 * for: what layers see is collected once for all of them.
 */
export function createGraphQuantizer(
  source: Graph,
  input: Input,
  context: Context,
  searches: readonly boolean[],
): GraphQuantizer {
  const { preprocessing, calibration: photos } = input;
  const { mean, std } = preprocessing;
  const measured = new Map<boolean, Promise<Prepared>>();
  const searched = new Map<boolean, Promise<SearchedRounding[]>>();

  const inputs = () => floatInputs(pixelsOf(photos, input, context), preprocessing);

  function prepare({ precision, equalization }: QuantizationSettings): Promise<Prepared> {
    const equalizes = precision === 'int8' && equalization;
    return once(measured, equalizes, async () => {
      if (photos.length === 0) return { graph: source, changes: [] };
      if (!equalizes) {
        const half = input.settings.equalization && precision === 'int8';
        return {
          graph: source,
          changes: [],
          calibration: await measure(source, half ? 0 : undefined),
        };
      }
      const first = await prepare({ ...input.settings, equalization: false });
      const equalized = equalizeChannels(source, first.calibration?.extremes ?? new Map());
      if (equalized.changes.length === 0) return first;
      return { ...equalized, calibration: await measure(equalized.graph, 1) };
    });
  }

  /** @param half of a calibration in two rounds, which together count as one. */
  async function measure(graph: Graph, half?: 0 | 1): Promise<Calibration> {
    const { signal, report } = context;
    const total = photos.length;
    const { ranges: rule } = input.settings.calibration;
    const work = (runtime: Runtime) =>
      calibrate(graph, inputs(), runtime, {
        // Extremes are found by LiteRT; other rules look at every value.
        ...(rule === 'min-max' ? {} : { createObserver: () => createObserver(rule) }),
        channels: {
          means: input.settings.biasCorrection || input.settings.aware !== undefined,
          // Equalizing looks at the graph as it was.
          extremes: input.settings.equalization && half !== 1,
        },
        signal,
        onPhoto: (done) =>
          report({
            step: 'calibrating',
            done: half === undefined ? done : (half * total + done) / 2,
            total,
          }),
      });
    const runtime = await context.runtime();
    return rule === 'min-max' ? work(runtime) : withInnerRuntime(runtime, work);
  }

  async function roundingFor(
    prepared: Prepared,
    settings: QuantizationSettings,
  ): Promise<SearchedRounding | undefined> {
    if (!settings.roundingSearch || settings.precision === 'float16') return undefined;
    const found = await once(searched, settings.equalization, async () => {
      let normalization: Normalization = { mean, std };
      const layers = layersToRound((rounding) => {
        ({ normalization } = make(prepared, settings, rounding));
      });
      return withInnerRuntime(await context.runtime(), (runtime) =>
        searchRounding(prepared.graph, layers, inputs, runtime, {
          centered: searches,
          photos: photos.length,
          asStored: renormalizer({ mean, std }, normalization),
          seed: settings.calibration.seed,
          signal: context.signal,
          onProgress: (done, total) => context.report({ step: 'searching', done, total }),
        }),
      );
    });
    return found[searches.indexOf(settings.biasCorrection)];
  }

  function make(
    { graph, calibration }: Prepared,
    { precision, io, keepFloat, biasCorrection }: QuantizationSettings,
    rounding: Rounding | undefined,
  ): QuantizedGraph {
    const means = biasCorrection ? calibration?.means : undefined;
    const normalization = { mean, std };
    const ranges = calibration?.ranges ?? new Map();
    const options = { normalization, means, rounding, keepFloat };
    if (precision === 'int8') return quantizeInt8(graph, ranges, { ...options, io });
    if (precision === 'int16x8') return quantizeInt16(graph, ranges, options);
    const encoding = { type: 'float32' } as const;
    return {
      ...storages[precision](graph, { means, rounding }),
      normalization,
      inputEncoding: encoding,
      outputEncoding: encoding,
    };
  }

  return {
    prepare,
    async quantize(settings) {
      const prepared = await prepare(settings);
      const found = await roundingFor(prepared, settings);
      const made = make(prepared, settings, found?.rounding);
      const changes = [...prepared.changes, ...made.changes];
      return { ...made, changes: found ? [...changes, roundingSearched(found)] : changes };
    },
  };
}

/** Another normalization's input from this one's; undefined where they are the same. */
function renormalizer(
  from: Normalization,
  to: Normalization,
): ((input: Float32Array) => Float32Array) | undefined {
  const isSame = [0, 1, 2].every(
    (channel) => from.mean[channel] === to.mean[channel] && from.std[channel] === to.std[channel],
  );
  if (isSame) return undefined;
  return (input) =>
    input.map((value, at) => {
      const channel = at % 3;
      const byte = value * (from.std[channel] ?? 1) + (from.mean[channel] ?? 0);
      return (byte - (to.mean[channel] ?? 0)) / (to.std[channel] ?? 1);
    });
}

/** The value for a key, made at the first call. */
function once<Key, Value>(
  known: Map<Key, Promise<Value>>,
  key: Key,
  create: () => Promise<Value>,
): Promise<Value> {
  const found = known.get(key) ?? create();
  known.set(key, found);
  return found;
}

export const contractOf = (
  { normalization, inputEncoding, outputEncoding }: QuantizedGraph,
  preprocessing: Preprocessing,
): Preprocessing => ({
  ...preprocessing,
  ...normalization,
  input: inputEncoding,
  output: outputEncoding,
});
