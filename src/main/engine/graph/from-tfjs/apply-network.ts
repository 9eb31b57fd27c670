import { callsInOrder, keyOf } from './calls-in-order';
import { type Conversion, onlyInput, refuse } from './conversion';
import { layerConverters } from './layers/layer-converters';
import type { LayerRecord, ModelRecord } from './topology';

/**
 * Makes operators of a network and of the networks inside it; layers that its output does not need are
 * passed over.
 * @param input the tensor that it takes
 * @returns the tensor that it gives
 * @throws AppError 'model-unsupported', 'model-unreadable' naming the layer in the way
 */
export function applyNetwork(network: ModelRecord, input: number, conversion: Conversion): number {
  if (!network.wiring) {
    return network.layers.reduce(
      (value, layer) =>
        layer.className === 'InputLayer' ? value : applyLayer(layer, [value], conversion),
      input,
    );
  }
  const values = new Map([[keyOf(network.wiring.input), input]]);
  const valueOf = (key: string) => values.get(key) ?? -1;
  const { calls, outputKey } = callsInOrder(network, network.wiring);
  for (const { key, layer, sources } of calls) {
    values.set(key, applyLayer(layer, sources.map(valueOf), conversion));
  }
  return valueOf(outputKey);
}

function applyLayer(layer: LayerRecord, inputs: number[], conversion: Conversion): number {
  if (layer.network) return applyNetwork(layer.network, onlyInput(layer, inputs), conversion);
  const convert = layerConverters.get(layer.className);
  if (!convert) throw refuse(layer, 'layers of this kind are not supported');
  conversion.converted.add(layer);
  return convert(layer, inputs, conversion);
}
