import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cleanGraph } from '../../../../src/main/engine/graph/clean-graph';
import type { Graph } from '../../../../src/main/engine/graph/graph';
import { readTflite } from '../../../../src/main/engine/graph/read-tflite';
import type { Preprocessing } from '../../../../src/shared/domain/preprocessing';
import { smallClassifier } from '../../../../tests/fixtures/small-classifier';
import { drawPhotos } from '../../../bench/draw-photos';
import { articleContract } from '../../../bench/model-forms';
import { seedPhotos } from '../../../bench/whole-way';
import { smallContract } from '../../vector-models';

export interface SubjectPhoto {
  /** Absolute. */
  path: string;
  /** Of what it shows, among the model's labels. */
  labelIndex: number;
}

/** A float model, and photos to ask it about. */
export interface Subject {
  /** For people. */
  source: string;
  /** Whether the model knows what the photos show. */
  isTrained: boolean;
  graph: Graph;
  contract: Preprocessing;
  /** For the ranges of quantized forms; not asked about. */
  calibration: SubjectPhoto[];
  /** A label in turn. */
  asked: SubjectPhoto[];
}

const calibrationEach = 10;

/**
 * The article's model and its photos where they are at hand, else a small model with made-up weights and
 * drawn pictures. @param folder for these. @param count of photos to ask about.
 */
export async function chooseSubject(folder: string, count: number): Promise<Subject> {
  const seed = seedPhotos();
  if (seed !== undefined) {
    const labels = (await readFile(join(dirname(seed), 'labels.txt'), 'utf8')).trim().split('\n');
    const file = await readFile(join(dirname(seed), 'graph.lite'));
    return {
      source: 'real photos, the article’s model',
      isTrained: true,
      graph: cleanGraph(readTflite(file)).graph,
      contract: articleContract(labels),
      ...deal(seed, labels, count),
    };
  }
  const names = smallContract.labels.length;
  await drawPhotos(folder, names * (calibrationEach + Math.ceil(count / names)), names);
  return {
    source: 'drawn pictures, a small model with made-up weights',
    isTrained: false,
    graph: smallClassifier(),
    contract: smallContract,
    ...deal(folder, readdirSync(folder).sort(), count),
  };
}

function deal(root: string, folders: readonly string[], count: number) {
  const lists = folders.map((name, labelIndex) =>
    readdirSync(join(root, name))
      .sort()
      .map((file) => ({ path: join(root, name, file), labelIndex })),
  );
  const turns = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, turn) =>
      lists.flatMap((list) => list[from + turn] ?? []),
    ).flat();
  const askedEach = Math.ceil(count / folders.length);
  return {
    calibration: turns(0, calibrationEach),
    asked: turns(calibrationEach, calibrationEach + askedEach).slice(0, count),
  };
}
