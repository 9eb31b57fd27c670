import { children, child, float32s, int8, text, uint32 } from './flatbuffer/fields';
import { type ShapeOf, table } from './flatbuffer/table';
import { member, union } from './flatbuffer/union';

/**
 * TFLite model metadata as far as image classifiers use it. Slots are the field numbers of
 * tensorflow_lite_support/metadata/metadata_schema.fbs, version 1.1.0.
 */
export const METADATA_IDENTIFIER = 'M001';

/** Smallest parser that knows every field below. */
export const METADATA_PARSER_VERSION = '1.0.0';

/** Name of the buffer of a `.tflite` file that holds this FlatBuffer. */
export const METADATA_BUFFER = 'TFLITE_METADATA';

/** Enum AssociatedFileType. */
export const associatedFileTypes = { descriptions: 1, tensorAxisLabels: 2 } as const;

/** Enum ColorSpaceType. */
export const COLOR_SPACE_RGB = 1;

const associatedFileTable = table('AssociatedFile', {
  name: text(0),
  description: text(1),
  type: int8(2),
});

const imageSizeTable = table('ImageSize', { width: uint32(0), height: uint32(1) });

/** Members of union ContentProperties. */
export const featureProperties = member(1, table<Record<string, never>>('FeatureProperties', {}));
export const imageProperties = member(
  2,
  table('ImageProperties', { colorSpace: int8(0), defaultSize: child(1, imageSizeTable) }),
);

const contentTable = table('Content', { properties: union(1) });

/** Member of union ProcessUnitOptions. */
export const normalizationOptions = member(
  1,
  table('NormalizationOptions', { mean: float32s(0), std: float32s(1) }),
);

const processUnitTable = table('ProcessUnit', { options: union(1) });

const statsTable = table('Stats', { max: float32s(0), min: float32s(1) });

const tensorMetadataTable = table('TensorMetadata', {
  name: text(0),
  description: text(1),
  content: child(3, contentTable),
  processUnits: children(4, processUnitTable),
  stats: child(5, statsTable),
  associatedFiles: children(6, associatedFileTable),
});

const subGraphMetadataTable = table('SubGraphMetadata', {
  inputs: children(2, tensorMetadataTable),
  outputs: children(3, tensorMetadataTable),
});

export const modelMetadataTable = table('ModelMetadata', {
  name: text(0),
  description: text(1),
  subgraphs: children(3, subGraphMetadataTable),
  author: text(4),
  license: text(5),
  associatedFiles: children(6, associatedFileTable),
  minParserVersion: text(7),
});

export type ModelMetadataRecord = ShapeOf<typeof modelMetadataTable>;
export type TensorMetadataRecord = ShapeOf<typeof tensorMetadataTable>;
