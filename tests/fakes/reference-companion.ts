import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import {
  type CompanionContract,
  companionContractSchema,
  type CompanionManifest,
  companionManifestSchema,
  companionProtocol,
  type CompanionRequest,
  companionRequestSchema,
  type CompanionResult,
  type CompanionStatus,
} from '@shared/domain/companion-protocol';
import type { Preprocessing } from '@shared/domain/preprocessing';
import type { LoadedModel, Runtime } from '@main/engine/runtime/runtime';
import sharp from 'sharp';

/** What an app gets wrong. */
export type AppMistake = 'zero-to-one' | 'bgr' | 'stretched' | 'rotated';

export interface ReferenceCompanion {
  mistake: AppMistake | undefined;
  /** It leaves requests alone. */
  isSilent: boolean;
  /** The hash of what it runs, as its user would see it. */
  readonly running: string | undefined;
  stop(): Promise<void>;
}

const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/**
 * An app that speaks the companion protocol in a folder, written from docs/companion-protocol.md and
 * with code of its own between photo and model, so that it shares no mistake with the studio.
 */
export function startReferenceCompanion(folder: string, runtime: Runtime): ReferenceCompanion {
  const at = (name: string) => join(folder, name);
  const read = (name: string): unknown => JSON.parse(readFileSync(at(name), 'utf8'));
  let seen = '';
  let running: string | undefined;
  let isStopped = false;

  function write(name: string, value: object): void {
    const target = at(name);
    const part = join(dirname(target), `.${Date.now()}.part`);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(part, JSON.stringify(value));
    renameSync(part, target);
  }

  function tell(state: CompanionStatus['state'], problem?: string): void {
    const status: CompanionStatus = {
      protocol: companionProtocol,
      at: new Date().toISOString(),
      app: { name: 'Reference companion', version: '1.0' },
      state,
      ...(running === undefined ? {} : { running }),
      ...(problem === undefined ? {} : { problem }),
    };
    write('status.json', status);
  }

  async function take(manifest: CompanionManifest): Promise<void> {
    for (const { sha256, file } of manifest.models) {
      if (digest(readFileSync(at(file))) !== sha256)
        return tell('failed', `${file} has other bytes.`);
    }
    running = manifest.active;
    if (companion.isSilent || manifest.check === undefined) return tell('idle');
    tell('working');
    const request = companionRequestSchema.parse(read(manifest.check));
    write(`results/${request.id}.json`, await answer(request));
    tell('idle');
  }

  async function answer(request: CompanionRequest): Promise<CompanionResult> {
    const runs = [];
    for (const sha256 of request.models) {
      const contract = companionContractSchema.parse(read(`${sha256}.json`));
      const model = await runtime.load(readFileSync(at(`${sha256}.tflite`)));
      try {
        runs.push(await run(model, contract, request));
      } finally {
        model.dispose();
      }
    }
    const { id } = request;
    return { protocol: companionProtocol, id, at: new Date().toISOString(), runs };
  }

  async function run(
    model: LoadedModel,
    { sha256, preprocessing }: CompanionContract,
    { photos }: CompanionRequest,
  ): Promise<CompanionResult['runs'][number]> {
    const answers = [];
    const times: number[] = [];
    for (const { file, sha256: photo } of photos) {
      const pixels = await prepare(readFileSync(at(file)), preprocessing, companion.mistake);
      const startedAt = performance.now();
      const [output] = await model.run([encode(pixels, preprocessing, companion.mistake)]);
      times.push(performance.now() - startedAt);
      answers.push({ photo, probabilities: decode(output!, preprocessing) });
    }
    times.sort((a, b) => a - b);
    return {
      model: sha256,
      runtime: runtime.name,
      delegate: 'CPU',
      memoryBytes: process.memoryUsage.rss(),
      latencyMs: { p50: times[Math.floor(times.length / 2)] ?? 0, p95: times.at(-1) ?? 0 },
      answers,
    };
  }

  /** Requests that came without a manifest, such as photos to be measured on. */
  async function answerOthers(): Promise<void> {
    if (companion.isSilent || !existsSync(at('requests'))) return;
    for (const name of readdirSync(at('requests'))) {
      if (name.startsWith('.') || existsSync(at(`results/${name}`))) continue;
      const request = companionRequestSchema.parse(read(`requests/${name}`));
      tell('working');
      write(`results/${name}`, await answer(request));
      tell('idle');
    }
  }

  async function look(): Promise<void> {
    if (!existsSync(at('manifest.json'))) return;
    const text = readFileSync(at('manifest.json'), 'utf8');
    if (text === seen) return;
    seen = text;
    await take(companionManifestSchema.parse(JSON.parse(text)));
  }

  async function live(): Promise<void> {
    while (!isStopped) {
      // The folder goes away with the phone that it is on.
      await look()
        .then(answerOthers)
        .catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
  }

  const companion: ReferenceCompanion = {
    mistake: undefined,
    isSilent: false,
    get running() {
      return running;
    },
    async stop() {
      isStopped = true;
      await living;
    },
  };
  const living = live();
  return companion;
}

/** RGB bytes, as the contract says unless there is a mistake. */
async function prepare(
  photo: Buffer,
  { width, height, cropFraction }: Preprocessing,
  mistake: AppMistake | undefined,
): Promise<Uint8Array> {
  const upright = await sharp(photo).rotate().removeAlpha().toColorspace('srgb').png().toBuffer();
  const turned = mistake === 'rotated' ? await sharp(upright).rotate(90).toBuffer() : upright;
  const { width: wide, height: high } = await sharp(turned).metadata();
  const side = Math.max(1, Math.round(cropFraction * Math.min(wide, high)));
  const cut =
    mistake === 'stretched'
      ? sharp(turned)
      : sharp(turned).extract({
          left: Math.floor((wide - side) / 2),
          top: Math.floor((high - side) / 2),
          width: side,
          height: side,
        });
  const bytes = await cut
    .resize(width, height, { fit: 'fill', kernel: 'cubic' })
    .removeAlpha()
    .raw()
    .toBuffer();
  if (mistake !== 'bgr') return bytes;
  return bytes.map((_, index) => bytes[index + 2 - 2 * (index % 3)] ?? 0);
}

function encode(
  pixels: Uint8Array,
  { mean, std, input }: Preprocessing,
  mistake: AppMistake | undefined,
) {
  const real = Float32Array.from(pixels, (byte, index) =>
    mistake === 'zero-to-one'
      ? byte / 255
      : (byte - (mean[index % 3] ?? 0)) / (std[index % 3] ?? 1),
  );
  if (input.type === 'float32') return real;
  const stored = Array.from(real, (value) => Math.round(value / input.scale) + input.zeroPoint);
  return input.type === 'uint8'
    ? Uint8Array.from(stored, (value) => Math.max(0, Math.min(255, value)))
    : Int8Array.from(stored, (value) => Math.max(-128, Math.min(127, value)));
}

function decode(output: ArrayLike<number>, { output: encoding }: Preprocessing): number[] {
  const values = Array.from(output, (stored) =>
    encoding.type === 'float32' ? stored : encoding.scale * (stored - encoding.zeroPoint),
  );
  return values.map((value) => Math.max(0, Math.min(1, value)));
}
