import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { modelInput } from '../../src/main/engine/image/model-input';
import { createClassifier } from '../../src/main/engine/runtime/classifier';
import type { Runtime } from '../../src/main/engine/runtime/runtime';
import type { StudioClient } from '../../src/shared/api/contract';
import { topAnswer } from '../../src/shared/domain/comparison-math';
import type { Model } from '../../src/shared/domain/model';
import { round } from './stopwatch';
import type { StressPhoto } from './stress-set';

export async function testPhotoNames(client: StudioClient): Promise<Set<string>> {
  const { photos } = await client.call('dataset.listPhotos', {
    filter: { split: 'test' },
    offset: 0,
    limit: 200,
  });
  return new Set(photos.map(({ fileName }) => fileName));
}

/** In the order of `readPhotos`. */
export async function testFlags(
  folder: string,
  labels: readonly string[],
  names: ReadonlySet<string>,
): Promise<boolean[]> {
  const lists = await Promise.all(labels.map((label) => readdir(join(folder, label))));
  return lists.flatMap((list) => list.sort().map((name) => names.has(name)));
}

export async function rightAnswers(
  { preprocessing }: Model,
  file: Uint8Array,
  photos: readonly StressPhoto[],
  runtime: Runtime,
): Promise<boolean[]> {
  const model = await runtime.load(file);
  const classify = createClassifier(model, preprocessing);
  const right: boolean[] = [];
  for (const { pixels, labelIndex } of photos) {
    const input = await modelInput({ width: 224, height: 224, data: pixels }, preprocessing);
    right.push(topAnswer(await classify(input)) === labelIndex);
  }
  model.dispose();
  return right;
}

export function share(right: readonly boolean[], isAsked: (index: number) => boolean): string {
  const asked = right.filter((_, i) => isAsked(i));
  const count = asked.filter(Boolean).length;
  return `${round((100 * count) / asked.length)} % of ${asked.length}`;
}
