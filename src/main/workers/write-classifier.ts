import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { backboneLicense, backbonePreprocessing } from '../../shared/domain/backbone';
import type { GraphChange } from '../../shared/domain/model';
import type { Preprocessing } from '../../shared/domain/preprocessing';
import { cleanGraph } from '../engine/graph/clean-graph';
import type { Graph } from '../engine/graph/graph';
import { attachMetadata } from '../engine/graph/model-metadata';
import type { TaskInput } from './tasks';
import { writeModelFile } from './write-model-file';

export interface WrittenClassifier {
  /** What is in the file now, read back from the disk. */
  bytes: Uint8Array;
  sha256: string;
  preprocessing: Preprocessing;
  changes: GraphChange[];
}

/** Cleans a trained graph and writes the `.tflite` with its metadata. */
export async function writeClassifier(
  graph: Graph,
  made: string,
  {
    backbone,
    recipe,
    labels,
    outputFile,
  }: Pick<TaskInput<'train-classifier'>, 'backbone' | 'recipe' | 'labels' | 'outputFile'>,
): Promise<WrittenClassifier> {
  const { graph: cleaned, changes } = cleanGraph(graph);
  const preprocessing = { ...backbonePreprocessing(backbone, labels), ...recipe };
  const file = attachMetadata(cleaned, {
    name: `${backbone.title}, ${labels.length} classes`,
    description: `Image classifier: the pretrained ${backbone.title} with ${made} in Pocketlens Studio. Answers with one probability a label.`,
    author: 'Made with Pocketlens Studio',
    license: backboneLicense(backbone),
    preprocessing,
  });
  await writeModelFile(outputFile, file);
  const bytes = await readFile(outputFile);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { bytes, sha256, preprocessing, changes };
}
