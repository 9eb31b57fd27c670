import { type Companion, createCompanion } from '@companion/engine/companion';
import type { StudioFiles } from '@companion/engine/studio-files';
import type { FromWorker, GoldenState, ModelsState } from '@companion/messages';
import type { Runtime } from '@main/engine/runtime/runtime';
import { createWasmRuntime } from '@main/engine/runtime/wasm-runtime';
import { companionStatusSchema } from '@shared/domain/companion-protocol';
import { afterAll, beforeAll } from 'vitest';
import { decodeSquare, readVector, vectorManifest } from './companion-vectors';

/** The two models of the vectors' manifest, by hash. */
export const [float, int8] = vectorManifest.models.map(({ sha256 }) => sha256) as [string, string];
/** A golden photo, and what the desktop answers. */
export const [photo] = (
  JSON.parse(readVector(`folder/golden/${float}.json`).toString('utf8')) as {
    photos: { file: string; expected: number[] }[];
  }
).photos as [{ file: string; expected: number[] }];

/** Opens pages that run models, for the tests of one file. */
export function phonePages() {
  let runtime: Runtime;
  beforeAll(async () => {
    runtime = await createWasmRuntime();
  });
  afterAll(() => runtime.dispose());
  return (changes: Record<string, Uint8Array | string | undefined> = {}) =>
    openPage(async () => runtime, changes);
}

/** A page with a pushed folder behind it; `changes` are other bytes of files, undefined: not there. */
async function openPage(
  startRuntime: () => Promise<Runtime>,
  changes: Record<string, Uint8Array | string | undefined>,
) {
  const files = new Map<string, Uint8Array | string | undefined>(Object.entries(changes));
  const sent: { path: string; message: unknown }[] = [];
  const told: FromWorker[] = [];
  const reads: string[] = [];
  const held = new Map<string, Promise<void>>();
  const studio: StudioFiles = {
    async read(name) {
      reads.push(name);
      await held.get(name);
      if (!files.has(name)) {
        try {
          return new Uint8Array(readVector(`folder/${name}`));
        } catch {
          return undefined;
        }
      }
      const bytes = files.get(name);
      return bytes === undefined ? undefined : new Uint8Array(Buffer.from(bytes));
    },
    async send(path, message) {
      sent.push({ path, message });
      return true;
    },
  };
  const companion: Companion = createCompanion({
    files: studio,
    startRuntime,
    openGpu: async () => undefined,
    readSquare: async (picture, cropFraction) =>
      decodeSquare(new Uint8Array(await (picture as Blob).arrayBuffer()), cropFraction),
    tell: (message) => told.push(message),
    now: () => new Date('2026-03-01T10:00:00Z'),
  });
  await companion.look();
  const last = <Kind extends FromWorker['kind']>(kind: Kind) =>
    told.findLast((message) => message.kind === kind) as
      | Extract<FromWorker, { kind: Kind }>
      | undefined;
  return {
    companion,
    files,
    /** Reads of a file wait until the returned function is called. */
    hold(name: string): () => void {
      let arrive = () => {};
      held.set(name, new Promise((resolve) => (arrive = resolve)));
      return arrive;
    },
    sent,
    told,
    reads,
    golden: (): GoldenState | undefined => last('golden')?.state,
    models: (): ModelsState | undefined => last('models')?.state,
    trouble: () => last('trouble')?.problem,
    status: () =>
      companionStatusSchema.parse(sent.findLast(({ path }) => path === '/status')?.message),
    ask: async () =>
      companion.answer(new Blob([new Uint8Array(readVector(`folder/${photo.file}`))])),
  };
}

export const json = (value: object) => JSON.stringify(value);
export const manifestOf = (change: Partial<typeof vectorManifest>) =>
  json({ ...vectorManifest, ...change });
