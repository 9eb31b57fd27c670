import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { cleanGraph } from '../../src/main/engine/graph/clean-graph';
import type { Graph } from '../../src/main/engine/graph/graph';
import { type HeadWeights, joinHead } from '../../src/main/engine/graph/join-head';
import { readTflite } from '../../src/main/engine/graph/read-tflite';
import { writeTflite } from '../../src/main/engine/graph/write-tflite';
import { createInputEncoder } from '../../src/main/engine/runtime/encode-input';
import type { Runtime } from '../../src/main/engine/runtime/runtime';
import type { Preprocessing } from '../../src/shared/domain/preprocessing';
import { inProject } from '../bench/bench-app';
import { articleContract, type Form } from '../bench/model-forms';
import { firstOfEach, pixelsOf, pixelsOfAll, readPhotos } from '../bench/stress-set';
import { seedPhotos } from '../bench/whole-way';

/** A float model, and what it is calibrated on and asked: RGB bytes of model inputs. */
export interface CheckedModel {
  name: string;
  float: Form;
  pictures: Uint8Array[];
}

/** Photos a class. */
const each = 3;

/** EfficientNet-Lite0 on the sample's drawings; where the seed folder is there, the article's model, too. */
export async function checkedModels(runtime: Runtime): Promise<CheckedModel[]> {
  const photos = seedPhotos();
  const own = await backboneModel(runtime);
  return photos === undefined ? [own] : [own, await articleModel(dirname(photos))];
}

async function articleModel(seedFolder: string): Promise<CheckedModel> {
  const labels = (await readFile(join(seedFolder, 'labels.txt'), 'utf8')).trim().split('\n');
  const { graph } = cleanGraph(readTflite(await readFile(join(seedFolder, 'graph.lite'))));
  const photos = await readPhotos(join(seedFolder, 'photos'), labels);
  return {
    name: 'the article’s model, graph.lite',
    float: { graph, contract: articleContract(labels) },
    pictures: pixelsOfAll(firstOfEach(photos, each)),
  };
}

/**
 * Its head tells the drawings of a label by the mean of their features (nearest class mean, as softmax of
 * affine functions): learned, so that probabilities are as sharp as those of a model in use.
 */
async function backboneModel(runtime: Runtime): Promise<CheckedModel> {
  const file = await readFile(inProject('resources/backbones/efficientnet-lite0.tflite'));
  const backbone = readTflite(file);
  const drawings = await sampleDrawings();
  const labels = [...new Set(drawings.map(({ label }) => label))];
  const contract: Preprocessing = {
    ...articleContract(labels),
    mean: [127, 127, 127],
    std: [128, 128, 128],
  };
  const pictures = drawings.map(({ pixels }) => pixels);
  const features = await featuresOf(cleanGraph(backbone).graph, contract, pictures, runtime);
  const means = labels.map((label) =>
    meanOf(features.filter((_, index) => drawings[index]?.label === label)),
  );
  const { graph } = cleanGraph(joinHead(backbone, nearestMeanHead(means)));
  return { name: 'EfficientNet-Lite0', float: { graph, contract }, pictures };
}

/** Minus half the squared distance to a mean, but for what is the same for all classes. */
function nearestMeanHead(means: readonly Float64Array[]): HeadWeights {
  const featureWidth = means[0]?.length ?? 0;
  const classes = means.length;
  const kernel = Float32Array.from(
    { length: featureWidth * classes },
    (_, index) => means[index % classes]?.[Math.floor(index / classes)] ?? 0,
  );
  const bias = Float32Array.from(means, (mean) => -mean.reduce((sum, x) => sum + x * x, 0) / 2);
  return { output: { kernel, bias }, featureWidth, classes, dropout: 0 };
}

function meanOf(rows: readonly Float32Array[]): Float64Array {
  return Float64Array.from(
    rows[0] ?? [],
    (_, index) => rows.reduce((sum, row) => sum + (row[index] ?? 0), 0) / rows.length,
  );
}

async function featuresOf(
  graph: Graph,
  contract: Preprocessing,
  pictures: readonly Uint8Array[],
  runtime: Runtime,
): Promise<Float32Array[]> {
  const encode = createInputEncoder(contract);
  const model = await runtime.load(writeTflite(graph));
  try {
    const features: Float32Array[] = [];
    for (const picture of pictures) {
      const [row = []] = await model.run([encode(picture)]);
      features.push(Float32Array.from(row));
    }
    return features;
  } finally {
    model.dispose();
  }
}

async function sampleDrawings(): Promise<{ label: string; pixels: Uint8Array }[]> {
  const list = await readFile(inProject('resources/sample/drawings.json'), 'utf8');
  const drawings: { label: string; pixels: Uint8Array }[] = [];
  for (const { label, file } of JSON.parse(list) as { label: string; file: string }[]) {
    const drawing = sharp(inProject(`resources/sample/drawings/${file}`));
    drawings.push({ label, pixels: await pixelsOf(drawing.flatten({ background: '#808080' })) });
  }
  return drawings;
}
