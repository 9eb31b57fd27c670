import { readdirSync, readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { decodePhoto } from '@main/engine/image/decode-photo';
import { mistakenInput, pixelMistakes } from '@main/engine/image/mistaken-input';
import { openPhoto } from '@main/engine/image/open-photo';
import type { Runtime } from '@main/engine/runtime/runtime';
import { createWasmRuntime } from '@main/engine/runtime/wasm-runtime';
import type { CompanionContract, CompanionGolden } from '@shared/domain/companion-protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFakeModel } from '../../../fakes/fake-model';
import {
  makeVectors,
  pixelsOf,
  vectorRecipe,
  vectorTolerance,
} from '../../../../scripts/companions/make-vectors';
import type { VectorModel } from '../../../../scripts/companions/vector-models';

const folder = join(import.meta.dirname, '../../../../companions/vectors');
const bytesOf = (name: string) => new Uint8Array(readFileSync(join(folder, name)));
const jsonOf = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8'));
const preprocessing = jsonOf('preprocessing.json');

const photos = preprocessing.photos.map(
  ({ name, file, sha256 }: { name: string; file: string; sha256: string }) => ({
    name,
    file: file.replace(/^folder\//, ''),
    sha256,
    bytes: bytesOf(file),
  }),
);

function committedModels(): VectorModel[] {
  return jsonOf('folder/manifest.json').models.map((entry: { contract: string; file: string }) => {
    const contract: CompanionContract = jsonOf(`folder/${entry.contract}`);
    const bytes = bytesOf(`folder/${entry.file}`);
    const { name, precision, sha256 } = contract;
    const model = createFakeModel({
      name,
      precision,
      sha256,
      bytes: bytes.length,
      preprocessing: contract.preprocessing,
    });
    return { model, bytes };
  });
}

function difference(a: Uint8Array, b: Uint8Array): { largest: number; mean: number } {
  const each = [...a].map((value, index) => Math.abs(value - b[index]!));
  return {
    largest: Math.max(...each),
    mean: each.reduce((sum, one) => sum + one, 0) / each.length,
  };
}

describe('the vectors that companions are tested with', () => {
  let runtime: Runtime;
  let made: Map<string, Uint8Array>;
  beforeAll(async () => {
    runtime = await createWasmRuntime();
    made = await makeVectors(photos, committedModels(), runtime);
  });
  afterAll(() => runtime.dispose());

  const madeJson = (name: string) => JSON.parse(Buffer.from(made.get(name)!).toString('utf8'));

  test('are all there, and nothing else but their license and explanation', () => {
    const there = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(folder.length + 1)
          .replaceAll('\\', '/'),
      )
      .filter((name) => name !== 'README.md' && name !== '.gitattributes');
    expect(there.sort()).toEqual([...made.keys()].sort());
  });

  test('hold the pixels that the studio makes of these photos', () => {
    for (const [name, pixels] of made) {
      if (!name.startsWith('pixels/')) continue;
      // Other processors may round the last bit differently.
      expect(difference(pixels, bytesOf(name)).largest, name).toBeLessThanOrEqual(1);
    }
  });

  test('hold the hashes of their own files', () => {
    const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
    for (const photo of preprocessing.photos) {
      expect(hashOf(bytesOf(photo.file))).toBe(photo.sha256);
      expect(hashOf(bytesOf(photo.pixels.file))).toBe(photo.pixels.sha256);
    }
    for (const { model, bytes } of committedModels()) expect(hashOf(bytes)).toBe(model.sha256);
  });

  test('say the recipe, encodings, manifest and readings of today', () => {
    const { recipe, tolerance, encodings } = madeJson('preprocessing.json');
    expect(preprocessing).toMatchObject({ recipe, tolerance, encodings });
    expect(madeJson('messages.json')).toEqual(jsonOf('messages.json'));
    expect(madeJson('folder/manifest.json')).toEqual(jsonOf('folder/manifest.json'));
    for (const { model } of committedModels()) {
      expect(madeJson(`folder/${model.sha256}.json`)).toEqual(
        jsonOf(`folder/${model.sha256}.json`),
      );
    }
  });

  test('hold the answers that the studio’s runtime gives', () => {
    for (const { model } of committedModels()) {
      const name = `folder/golden/${model.sha256}.json`;
      const [now, then]: CompanionGolden[] = [madeJson(name), jsonOf(name)];
      const step =
        model.preprocessing.output.type === 'float32' ? 0.002 : model.preprocessing.output.scale;
      for (const [index, photo] of then!.photos.entries()) {
        photo.expected.forEach((value, label) => {
          const other = now!.photos[index]!.expected[label]!;
          expect(Math.abs(value - other), photo.file).toBeLessThanOrEqual(step * 1.001);
        });
      }
    }
  });

  test('have a tolerance that no mistake in preparing photos stays within', async () => {
    for (const mistake of pixelMistakes) {
      const caught = [];
      for (const photo of photos) {
        const opened = await openPhoto(photo.bytes, vectorRecipe.background);
        const right = await pixelsOf(photo.bytes, vectorRecipe);
        const prepared = { opened, decoded: await decodePhoto(opened), right };
        const off = difference(await mistakenInput(mistake, prepared, vectorRecipe), right);
        caught.push(off.largest > vectorTolerance.largest && off.mean > vectorTolerance.mean);
      }
      expect(caught, mistake).toContain(true);
    }
  });
});
