import { createHash } from 'node:crypto';
import { decodePhoto } from '../../src/main/engine/image/decode-photo';
import { modelInput } from '../../src/main/engine/image/model-input';
import { openPhoto } from '../../src/main/engine/image/open-photo';
import { createClassifier } from '../../src/main/engine/runtime/classifier';
import { createInputEncoder } from '../../src/main/engine/runtime/encode-input';
import type { Runtime } from '../../src/main/engine/runtime/runtime';
import { planPush } from '../../src/main/services/deploy/phones/push-plan';
import { companionProtocol } from '../../src/shared/domain/companion-protocol';
import { companionTarget } from '../../src/shared/domain/deployment';
import type { PixelRecipe, Preprocessing } from '../../src/shared/domain/preprocessing';
import type { VectorPhoto } from './draw-photos';
import type { VectorModel } from './vector-models';
import { vectorMessages } from './vector-messages';

const size = { width: 32, height: 32 };

/** How photos are cut and scaled for the vectors. */
export const vectorRecipe: PixelRecipe = {
  version: 1,
  ...size,
  channelOrder: 'RGB',
  cropFraction: 0.875,
  resize: 'bicubic-antialiased',
  background: [128, 64, 32],
};

/**
 * How far a byte of a model input may be from the studio's: decoders round differently, and the studio
 * shrinks in steps. Every mistake of preprocessing-check.ts is further off on some photo (a test holds it
 * to that).
 */
export const vectorTolerance = { largest: 12, mean: 1 };

type Encoding = Pick<Preprocessing, 'mean' | 'std' | 'input'>;
const encodings: readonly Encoding[] = [
  { mean: [127, 127, 127], std: [128, 128, 128], input: { type: 'float32' } },
  { mean: [123.675, 116.28, 103.53], std: [58.395, 57.12, 57.375], input: { type: 'float32' } },
  { mean: [0, 0, 0], std: [255, 255, 255], input: { type: 'uint8', scale: 1 / 255, zeroPoint: 0 } },
  {
    mean: [127, 127, 127],
    std: [128, 128, 128],
    input: { type: 'int8', scale: 1 / 128, zeroPoint: -1 },
  },
  { mean: [120, 110, 100], std: [60, 50, 40], input: { type: 'int8', scale: 0.031, zeroPoint: 7 } },
];

/** Largest difference of a probability of the float model that counts as the same answer. */
const bound = 0.02;
const at = new Date('2026-01-01T00:00:00Z');

const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** A photo's model input, by the very steps of an import. */
export async function pixelsOf(photo: Uint8Array, recipe: PixelRecipe): Promise<Uint8Array> {
  return modelInput(await decodePhoto(await openPhoto(photo, recipe.background)), recipe);
}

/** All files of `companions/vectors`, by their names. */
export async function makeVectors(
  photos: readonly VectorPhoto[],
  models: readonly VectorModel[],
  runtime: Runtime,
): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const [name, bytes] of await pushedFolder(photos, models, runtime)) {
    files.set(`folder/${name}`, bytes);
  }
  const described = [];
  for (const { name, file, sha256, bytes } of photos) {
    const pixels = await pixelsOf(bytes, vectorRecipe);
    files.set(`pixels/${name}.rgb`, pixels);
    described.push({
      name,
      file: `folder/${file}`,
      sha256,
      pixels: { file: `pixels/${name}.rgb`, sha256: sha256Of(pixels) },
      // Of exactly these pixels: encoding them is no matter of rounding.
      tensors: encodings.map((encoding) => {
        const { buffer, byteOffset, byteLength } = createInputEncoder({ ...size, ...encoding })(
          pixels,
        );
        return sha256Of(new Uint8Array(buffer, byteOffset, byteLength));
      }),
    });
  }
  const text = (name: string) => Buffer.from(files.get(`folder/${name}`) ?? '').toString('utf8');
  const model = models[0]?.model.sha256 ?? '';
  const messages = vectorMessages({
    manifest: text('manifest.json'),
    contract: text(`${model}.json`),
    golden: text(`golden/${model}.json`),
    request: text('requests/vectors.json'),
  });
  files.set(
    'preprocessing.json',
    json({ recipe: vectorRecipe, tolerance: vectorTolerance, encodings, photos: described }),
  );
  files.set('messages.json', json({ messages }));
  return files;
}

/** What a push of these models leaves on a phone, with the answers of the studio's runtime. */
async function pushedFolder(
  photos: readonly VectorPhoto[],
  models: readonly VectorModel[],
  runtime: Runtime,
): Promise<Map<string, Uint8Array>> {
  const asked = photos.map(({ file, sha256 }) => ({ file, sha256 }));
  const answers = [];
  for (const { model, bytes } of models) {
    const loaded = await runtime.load(bytes);
    const classify = createClassifier(loaded, model.preprocessing);
    const expected: number[][] = [];
    for (const photo of photos) {
      const probabilities = await classify(await pixelsOf(photo.bytes, model.preprocessing));
      expected.push([...probabilities].map((value) => Math.min(1, Math.max(0, value))));
    }
    loaded.dispose();
    answers.push({
      protocol: companionProtocol,
      sha256: model.sha256,
      bound,
      runtime: 'LiteRT WebAssembly',
      photos: asked.map((photo, row) => ({ ...photo, expected: expected[row] ?? [] })),
    });
  }
  const plan = planPush({
    target: companionTarget,
    models: models.map(({ model }) => ({ model, path: '' })),
    project: 'Vectors',
    at,
    keep: [],
    golden: {
      photos: photos.map(({ file, sha256, bytes }, photoId) => ({
        file,
        sha256,
        bytes: bytes.length,
        path: '',
        photoId,
      })),
      bound,
      answers,
      request: {
        protocol: companionProtocol,
        id: 'vectors',
        models: models.map(({ model }) => model.sha256),
        photos: asked,
      },
    },
  });
  const byHash = new Map(
    [...photos, ...models.map(({ model, bytes }) => ({ sha256: model.sha256, bytes }))].map(
      ({ sha256, bytes }) => [sha256, bytes],
    ),
  );
  return new Map(
    plan.files.map(({ name, source }): [string, Uint8Array] => [
      name,
      'content' in source ? source.content : (byHash.get(source.sha256) ?? new Uint8Array()),
    ]),
  );
}

const json = (value: object): Uint8Array => Buffer.from(`${JSON.stringify(value, undefined, 2)}\n`);
