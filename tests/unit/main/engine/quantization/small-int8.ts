import type { Graph } from '@main/engine/graph/graph';
import { calibrate } from '@main/engine/quantization/calibrate';
import { quantizeInt8 } from '@main/engine/quantization/quantize-int8';
import { createInputEncoder } from '@main/engine/runtime/encode-input';
import type { Runtime } from '@main/engine/runtime/runtime';
import type { IoType } from '@shared/domain/model';
import {
  eachOf,
  smallNormalization,
  smallPhotos,
  smallSize,
} from '../../../../fixtures/small-classifier';

export const size = { width: smallSize, height: smallSize };

/** A photo as the small classifier takes it. */
export const encodeFloat = createInputEncoder({
  ...size,
  ...smallNormalization,
  input: { type: 'float32' },
});

export async function rangesOf(runtime: Runtime, graph: Graph, photos = smallPhotos(300)) {
  const inputs = photos.map(encodeFloat).filter((input) => input instanceof Float32Array);
  return (await calibrate(graph, eachOf(inputs), runtime)).ranges;
}

export async function quantizeSmall(runtime: Runtime, graph: Graph, io: IoType) {
  const ranges = await rangesOf(runtime, graph);
  return quantizeInt8(graph, ranges, { normalization: smallNormalization, io });
}
