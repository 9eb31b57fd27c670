import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { backbonePreprocessing } from '../../shared/domain/backbone';
import type { GraphChange } from '../../shared/domain/model';
import type { Preprocessing } from '../../shared/domain/preprocessing';
import { cleanGraph } from '../engine/graph/clean-graph';
import { type HeadWeights, joinHead } from '../engine/graph/join-head';
import { attachMetadata } from '../engine/graph/model-metadata';
import { readTflite } from '../engine/graph/read-tflite';
import { readBackbone } from './load-backbone';
import type { TaskInput } from './tasks';
import { writeModelFile } from './write-model-file';

export interface WrittenClassifier {
  /** What is in the file now, read back from the disk. */
  bytes: Uint8Array;
  sha256: string;
  preprocessing: Preprocessing;
  changes: GraphChange[];
}

/** Joins backbone and head, cleans the graph and writes the `.tflite` with its metadata. */
export async function writeClassifier(
  head: HeadWeights,
  {
    backbone,
    backboneFile,
    recipe,
    labels,
    outputFile,
  }: Pick<
    TaskInput<'train-classifier'>,
    'backbone' | 'backboneFile' | 'recipe' | 'labels' | 'outputFile'
  >,
): Promise<WrittenClassifier> {
  const graph = readTflite(await readBackbone(backbone, backboneFile));
  const { graph: cleaned, changes } = cleanGraph(joinHead(graph, head));
  const preprocessing = { ...backbonePreprocessing(backbone, labels), ...recipe };
  const file = attachMetadata(cleaned, {
    name: `${backbone.title}, ${labels.length} classes`,
    description: `Image classifier: the pretrained ${backbone.title} with a head trained in Pocketlens Studio. Answers with one probability a label.`,
    author: 'Made with Pocketlens Studio',
    license: `Pretrained weights: ${backbone.license}, ${backbone.copyright}`,
    preprocessing,
  });
  await writeModelFile(outputFile, file);
  const bytes = await readFile(outputFile);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { bytes, sha256, preprocessing, changes };
}
