import { AppError, throwIfCancelled } from '../../../shared/api/errors';
import { type LayerError, rangeParts } from '../../../shared/domain/layer-error';
import type { Graph, Operator, Tensor } from '../graph/graph';
import { isConstant } from '../graph/tensor-data';
import { writeTflite } from '../graph/write-tflite';
import type { Runtime, TensorData } from '../runtime/runtime';
import { rangeOfStored, type ValueRange } from './affine-encoding';
import { channelFactors } from './channel-factors';
import { signalToNoise } from './signal-to-noise';

/** One photo as the input of either graph. */
export interface LayerInputs {
  float: TensorData;
  quantized: TensorData;
}

/**
 * Runs photos through a float graph and through the one made from it, with every tensor that both
 * compute as an output, and tells how far each strayed. LiteRT shows no inner tensors otherwise.
 * @returns worst first.
 * @throws AppError 'not-ready' without photos, 'cancelled', what `Runtime.load` and `run` throw.
 */
export async function measureLayers(
  float: Graph,
  quantized: Graph,
  inputs: AsyncIterable<LayerInputs>,
  runtime: Runtime,
  signal: AbortSignal,
): Promise<{ photos: number; layers: LayerError[] }> {
  const pairs = pairTensors(float, quantized);
  const sums = pairs.map(
    (): Sums => ({ signal: 0, noise: 0, values: 0, parts: new Float64Array(rangeParts + 2) }),
  );
  const floatModel = await runtime.load(
    exposing(
      float,
      pairs.map((pair) => pair.float),
    ),
  );
  let photos = 0;
  try {
    const quantizedModel = await runtime.load(
      exposing(
        quantized,
        pairs.map((pair) => pair.quantized),
      ),
    );
    try {
      for await (const input of inputs) {
        throwIfCancelled(signal);
        const expected = await floatModel.run([input.float]);
        const found = await quantizedModel.run([input.quantized]);
        pairs.forEach((pair, index) => {
          const sum = sums[index];
          const [values, stored] = [expected[index], found[index]];
          if (sum && values && stored) addErrors(sum, values, stored, pair);
        });
        photos += 1;
      }
    } finally {
      quantizedModel.dispose();
    }
  } finally {
    floatModel.dispose();
  }
  if (photos === 0) {
    throw new AppError(
      'not-ready',
      'There are no photos to hold the layers against each other with.',
      'Relink missing photos or label more.',
    );
  }
  const ratios = new Map(
    pairs.map(({ float: tensor }, index) => [tensor, noiseRatio(sums[index])] as const),
  );
  const layers = pairs.map(({ name, operator, float: tensor, encoding }, index): LayerError => {
    const { parts = [], values = 1, ...power } = sums[index] ?? { signal: 0, noise: 0 };
    const shares = Array.from(parts, (count) => count / values);
    const ratio = ratios.get(tensor) ?? 0;
    const incoming = Math.max(0, ...operator.inputs.map((input) => ratios.get(input) ?? 0));
    return {
      name,
      operator: operator.kind,
      signalToNoise: signalToNoise(power),
      added: ratio === 0 ? 0 : Math.max(0, ratio - incoming) / ratio,
      clipped: encoding ? (shares[0] ?? 0) + (shares.at(-1) ?? 0) : 0,
      ...(encoding ? { histogram: shares } : {}),
    };
  });
  return { photos, layers: layers.sort((a, b) => a.signalToNoise - b.signalToNoise) };
}

/** Power of the noise over that of the signal. */
const noiseRatio = (sum: { signal: number; noise: number } | undefined): number =>
  sum === undefined || sum.noise === 0 ? 0 : sum.noise / sum.signal;

interface Sums {
  signal: number;
  noise: number;
  values: number;
  /** Counts of `LayerError.histogram`. */
  parts: Float64Array;
}

interface Pair {
  name: string;
  operator: Operator;
  float: number;
  quantized: number;
  encoding: { scale: number; zeroPoint: number; range: ValueRange } | undefined;
  /** By how much its channels are larger in the quantized graph, where they were equalized. */
  factors: Float64Array | undefined;
}

/** Tensors that operators of both graphs compute, by their name, in the order of the float graph. */
function pairTensors(float: Graph, quantized: Graph): Pair[] {
  const computed = new Map(
    quantized.operators.flatMap((operator) =>
      operator.outputs.map(
        (index) => [quantized.tensors[index]?.name, { index, operator }] as const,
      ),
    ),
  );
  const nameOf = ({ outputs }: Operator) => float.tensors[outputs[0] ?? -1]?.name;
  const factors = channelFactors(
    float,
    quantized,
    (operator) => computed.get(nameOf(operator))?.operator,
  );
  return float.operators.flatMap((operator) =>
    operator.outputs.flatMap((index): Pair[] => {
      const tensor = float.tensors[index];
      const other = computed.get(tensor?.name)?.index;
      if (tensor?.type !== 'float32' || isConstant(tensor) || other === undefined) return [];
      const encoding = encodingOf(quantized.tensors[other]);
      const { name } = tensor;
      return [
        { name, operator, float: index, quantized: other, encoding, factors: factors.get(index) },
      ];
    }),
  );
}

function encodingOf(tensor: Tensor | undefined): Pair['encoding'] {
  const [scale] = tensor?.quantization?.scale ?? [];
  const [zeroPoint] = tensor?.quantization?.zeroPoint ?? [];
  const type = tensor?.type;
  if (type !== 'int8' && type !== 'uint8' && type !== 'int16') return undefined;
  if (scale === undefined || zeroPoint === undefined) return undefined;
  return { scale, zeroPoint, range: rangeOfStored(type, { scale, zeroPoint }) };
}

const exposing = (graph: Graph, outputs: number[]): Uint8Array =>
  writeTflite({ ...graph, outputs, metadata: new Map() });

function addErrors(
  sum: Sums,
  values: TensorData,
  stored: TensorData,
  { encoding, factors }: Pair,
): void {
  const { scale, zeroPoint, range } = encoding ?? { scale: 1, zeroPoint: 0, range: undefined };
  // Half a step beyond the end still rounds to it.
  const low = (range?.min ?? 0) - scale / 2;
  const high = (range?.max ?? 0) + scale / 2;
  const partsEach = rangeParts / (high - low);
  const { parts } = sum;
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? 0;
    const factor = factors?.[i % factors.length] ?? 1;
    const error = (scale * ((stored[i] ?? 0) - zeroPoint)) / factor - value;
    sum.signal += value * value;
    sum.noise += error * error;
    if (!range) continue;
    const place = Math.floor((value * factor - low) * partsEach);
    const part = Math.max(0, Math.min(rangeParts + 1, place + 1));
    parts[part] = (parts[part] ?? 0) + 1;
  }
  sum.values += values.length;
}
