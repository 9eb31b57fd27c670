import type { Preprocessing, TensorEncoding } from '../../../shared/domain/preprocessing';
import { wrapMember } from './flatbuffer/union';
import {
  associatedFileTypes,
  COLOR_SPACE_RGB,
  featureProperties,
  imageProperties,
  METADATA_PARSER_VERSION,
  type ModelMetadataRecord,
  normalizationOptions,
  type TensorMetadataRecord,
} from './metadata-schema';

export const LABELS_FILE = 'labels.txt';
export const PREPROCESSING_FILE = 'preprocessing.json';

/** What a classifier's file says about itself to people and to programs. */
export interface ModelDescription {
  name: string;
  description: string;
  author: string;
  license: string;
  preprocessing: Preprocessing;
}

/** Smallest and largest number that a quantized tensor can store. */
const storedRanges = { uint8: [0, 255], int8: [-128, 127] } as const;

/** A classifier's description as TFLite metadata. */
export function toMetadataRecord(description: ModelDescription): ModelMetadataRecord {
  const { name, author, license, preprocessing } = description;
  return {
    name,
    description: description.description,
    author,
    license,
    subgraphs: [{ inputs: [inputRecord(preprocessing)], outputs: [outputRecord(preprocessing)] }],
    associatedFiles: [
      {
        name: PREPROCESSING_FILE,
        description: 'All that an app must do to a photo before this model and to its answer after',
        type: associatedFileTypes.descriptions,
      },
    ],
    minParserVersion: METADATA_PARSER_VERSION,
  };
}

function inputRecord(preprocessing: Preprocessing): TensorMetadataRecord {
  const { width, height, mean, std, input } = preprocessing;
  const normalize = (byte: number): number[] =>
    mean.map((value, channel) => (byte - value) / (std[channel] ?? 1));
  return {
    name: 'image',
    description: `RGB picture, ${width} x ${height} pixels`,
    content: {
      properties: wrapMember(imageProperties, {
        colorSpace: COLOR_SPACE_RGB,
        defaultSize: { width, height },
      }),
    },
    processUnits: [
      { options: wrapMember(normalizationOptions, { mean: [...mean], std: [...std] }) },
    ],
    stats: stats(input, normalize(0), normalize(255)),
    associatedFiles: [],
  };
}

function outputRecord({ output }: Preprocessing): TensorMetadataRecord {
  return {
    name: 'probability',
    description: 'One probability a label',
    content: { properties: wrapMember(featureProperties, {}) },
    processUnits: [],
    stats: stats(output, [0], [1]),
    associatedFiles: [
      {
        name: LABELS_FILE,
        description: 'One label a line, in the order of the probabilities',
        type: associatedFileTypes.tensorAxisLabels,
      },
    ],
  };
}

/** The range of a tensor's stored values; `min` and `max` are those of a float one. */
function stats(
  { type }: TensorEncoding,
  min: number[],
  max: number[],
): TensorMetadataRecord['stats'] {
  if (type === 'float32') return { min, max };
  const [smallest, largest] = storedRanges[type];
  return { min: [smallest], max: [largest] };
}
