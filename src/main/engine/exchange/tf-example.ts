import { PbfReader } from 'pbf';

/** A feature of a tf.train.Example: bytes or integers; floats are of no use here. */
export interface TfFeature {
  bytes: Uint8Array[];
  integers: number[];
}

/**
 * The features of a serialized tf.train.Example (tensorflow/core/example/feature.proto), by key.
 * @throws Error when the bytes are no such message.
 */
export function readTfExample(bytes: Uint8Array): Map<string, TfFeature> {
  const features = new Map<string, TfFeature>();
  const reader = new PbfReader(bytes);
  reader.readFields((tag, _, example) => {
    if (tag === 1) example.readMessage(readFeatures, features);
  }, undefined);
  if (reader.pos !== bytes.byteLength) throw new Error('The message is cut short');
  return features;
}

function readFeatures(tag: number, features: Map<string, TfFeature>, reader: PbfReader): void {
  if (tag !== 1) return;
  const entry: { key: string; value: TfFeature } = { key: '', value: { bytes: [], integers: [] } };
  reader.readMessage((field, into, message) => {
    if (field === 1) into.key = message.readString();
    else if (field === 2) message.readMessage(readFeature, into.value);
  }, entry);
  features.set(entry.key, entry.value);
}

function readFeature(tag: number, feature: TfFeature, reader: PbfReader): void {
  if (tag === 1) {
    reader.readMessage((field, bytes, list) => {
      if (field === 1) bytes.push(list.readBytes());
    }, feature.bytes);
  } else if (tag === 3) {
    reader.readMessage((field, integers, list) => {
      if (field === 1) list.readPackedVarint(integers, true);
    }, feature.integers);
  }
}
