import type { Runtime } from '../../main/engine/runtime/runtime';
import {
  type CompanionCheck,
  companionCheckSchema,
  companionGoldenSchema,
  type CompanionManifest,
  companionManifestSchema,
  companionProtocol,
  type CompanionRequest,
  companionRequestSchema,
  type CompanionStatus,
  readCompanionMessage,
} from '../../shared/domain/companion-protocol';
import type { FromWorker, GoldenState, PictureAnswer } from '../messages';
import type { SquarePixels } from '../photo/model-pixels';
import type { Picture } from '../photo/read-square';
import { texts } from '../texts';
import { answerRequest, checkGolden, sentenceOf } from './answer-photos';
import { createGpuOffer, type GpuOfferParts } from './gpu/gpu-offer';
import { openModel, type ReadyModel } from './ready-model';
import type { StudioFiles } from './studio-files';

export interface CompanionParts extends Pick<GpuOfferParts, 'openGpu'> {
  files: StudioFiles;
  /** Asked for once, when there is a model to run. */
  startRuntime(): Promise<Runtime>;
  readSquare(picture: Picture, cropFraction: number): Promise<SquarePixels>;
  tell(message: FromWorker): void;
  now(): Date;
}

export interface Companion {
  /**
   * Looks what the studio has pushed, runs it, and answers what is asked.
   * @param name of the file that is new; empty: it may be any.
   */
  look(name?: string): Promise<void>;
  /** Goes on with another of the models that were pushed. */
  use(sha256: string): Promise<void>;
  /** undefined: there is no model yet. @throws when the picture can't be read. */
  answer(picture: Picture): Promise<PictureAnswer | undefined>;
}

/**
 * The companion protocol as a phone's browser speaks it (docs/companion-protocol.md). Until a new model
 * is checked and loaded the one before goes on answering.
 */
export function createCompanion(parts: CompanionParts): Companion {
  const { files, tell } = parts;
  let runtime: Promise<Runtime> | undefined;
  const opened = new Map<string, ReadyModel>();
  let manifest: CompanionManifest | undefined;
  let seen: string | undefined;
  let running: ReadyModel | undefined;
  let golden: GoldenState = { state: 'none', mistakes: [] };
  /** The push whose outcome is not known yet. */
  let awaited: string | undefined;
  let turn = Promise.resolve();
  const gpu = createGpuOffer({ ...parts, onChange: () => void show() });

  const startRuntime = () => (runtime ??= parts.startRuntime());

  async function readMessage<Schema extends Parameters<typeof readCompanionMessage>[0]>(
    name: string,
    schema: Schema,
  ) {
    const bytes = await files.read(name);
    return bytes && readCompanionMessage(schema, new TextDecoder().decode(bytes));
  }

  async function open(sha256: string): Promise<ReadyModel> {
    const known = opened.get(sha256);
    if (known) return known;
    const entry = manifest?.models.find((model) => model.sha256 === sha256);
    if (!entry) throw new Error(texts.refused.unknown);
    const model = await openModel(entry, files, await startRuntime());
    opened.set(sha256, model);
    return model;
  }

  async function take(next: CompanionManifest): Promise<void> {
    const before = manifest;
    manifest = next;
    try {
      running = await open(next.active);
    } catch (error) {
      manifest = before;
      const problem = sentenceOf(error);
      tell({ kind: 'trouble', problem });
      await report('failed', problem);
      return;
    }
    const kept = new Set(next.models.map(({ sha256 }) => sha256));
    for (const [sha256, model] of opened) {
      if (kept.has(sha256)) continue;
      opened.delete(sha256);
      model.dispose();
    }
    tell({ kind: 'trouble', problem: undefined });
    await show();
    await checkRunning();
    await answerCheck(next);
  }

  async function show(): Promise<void> {
    if (!manifest || !running) return;
    const { preprocessing, sha256 } = running.contract;
    tell({
      kind: 'models',
      state: {
        project: manifest.project.name,
        models: manifest.models.map(({ sha256: hash, name: model, precision }) => ({
          sha256: hash,
          name: model,
          precision,
        })),
        running: sha256,
        labels: preprocessing.labels,
        cropFraction: preprocessing.cropFraction,
        runtime: nameOf(await startRuntime()),
        engine: gpu.stateOf(running),
      },
    });
  }

  function tellGolden(state: GoldenState): void {
    golden = state;
    tell({ kind: 'golden', state });
  }

  async function checkRunning(): Promise<void> {
    const model = running;
    if (!model) return;
    tellGolden({ state: 'checking', mistakes: [] });
    try {
      const name = `golden/${model.contract.sha256}.json`;
      const reading = await readMessage(name, companionGoldenSchema);
      if (reading?.problem !== undefined || !reading) {
        return tellGolden({ state: 'none', mistakes: [] });
      }
      tellGolden(await checkGolden(model, reading.message, parts));
      // Not waited for: what comes next must not wait for shaders to be compiled.
      if (golden.state === 'same') void gpu.consider(model, reading.message);
    } catch (error) {
      tellGolden({ state: 'failed', mistakes: [], problem: sentenceOf(error) });
    }
    await explainGolden();
  }

  /** Once: what was answered before, and by this page, is not asked again. */
  async function answerCheck({ check }: CompanionManifest): Promise<void> {
    const reading =
      check === undefined ? undefined : await readMessage(check, companionRequestSchema);
    if (!reading || reading.problem !== undefined) return report('idle');
    awaited = reading.message.id;
    if (await findCheck(awaited)) {
      await explainGolden();
      return report('idle');
    }
    await report('working');
    await answer(reading.message, open);
    await report('idle');
  }

  async function answer(
    request: CompanionRequest,
    openAsked: (sha256: string) => Promise<ReadyModel>,
  ): Promise<void> {
    const runtimeName = nameOf(await startRuntime());
    const result = await answerRequest(request, {
      ...parts,
      open: openAsked,
      runtime: runtimeName,
    });
    await files.send(`/results/${result.id}`, result);
  }

  /** A request that comes without a manifest: its models need not be listed, and what runs stays. */
  async function answerQuestion(name: string): Promise<void> {
    const reading = await readMessage(name, companionRequestSchema);
    if (!reading || reading.problem !== undefined) return;
    // Golden photos come with a push: its manifest asks for them once its model runs.
    if (reading.message.photos.every(({ file }) => file.startsWith('golden/'))) return;
    const borrowed: ReadyModel[] = [];
    await report('working');
    try {
      await answer(reading.message, async (sha256) => {
        const known = opened.get(sha256);
        if (known) return known;
        const model = await openModel(filesOf(sha256), files, await startRuntime());
        borrowed.push(model);
        return model;
      });
    } finally {
      for (const model of borrowed) model.dispose();
    }
    await report('idle');
  }

  async function findCheck(id: string): Promise<CompanionCheck | undefined> {
    const reading = await readMessage(`checks/${id}.json`, companionCheckSchema);
    return reading?.problem === undefined ? reading?.message : undefined;
  }

  /** Has what the studio made of other answers shown beside them. */
  async function explainGolden(): Promise<void> {
    if (golden.state !== 'different' || awaited === undefined || !running) return;
    const check = await findCheck(awaited);
    const { sha256 } = running.contract;
    const outcome = check?.outcomes.find(({ model }) => model === sha256);
    if (outcome && outcome.mistakes.length > 0) {
      tellGolden({ ...golden, mistakes: outcome.mistakes });
    }
  }

  async function report(state: CompanionStatus['state'], problem?: string): Promise<void> {
    const status: CompanionStatus = {
      protocol: companionProtocol,
      at: parts.now().toISOString(),
      app: { name: texts.app, version: '1.0' },
      state,
      ...(running ? { running: running.contract.sha256 } : {}),
      ...(problem === undefined ? {} : { problem }),
    };
    await files.send('/status', status);
  }

  /** One after the other: files come several at a time. */
  function inTurn(work: () => Promise<void>): Promise<void> {
    turn = turn.then(work).catch((error: unknown) => {
      tell({ kind: 'trouble', problem: sentenceOf(error) });
    });
    return turn;
  }

  return {
    look: (name = '') =>
      inTurn(async () => {
        if (name.startsWith('requests/')) return answerQuestion(name);
        // What a manifest names was there before it.
        if (name !== '' && !/^(manifest|checks)\b/.test(name)) return;
        const bytes = await files.read('manifest.json');
        if (!bytes) return tell({ kind: 'trouble', problem: undefined });
        const text = new TextDecoder().decode(bytes);
        if (text === seen) return explainGolden();
        const reading = readCompanionMessage(companionManifestSchema, text);
        seen = text;
        if (reading.problem === undefined) return take(reading.message);
        tell({ kind: 'trouble', problem: texts.refused[reading.problem] });
        await report('failed', texts.refused[reading.problem]);
      }),
    use: (sha256) =>
      inTurn(async () => {
        running = await open(sha256);
        await show();
        await checkRunning();
        await report('idle');
      }),
    async answer(picture) {
      const startedAt = performance.now();
      if (!running) return undefined;
      const square = await parts.readSquare(picture, running.contract.preprocessing.cropFraction);
      // Asked only now: another model may have come while the picture was decoded.
      const { contract, answer } = running;
      const { probabilities, inferenceMs } = await answer(square);
      return {
        sha256: contract.sha256,
        labels: contract.preprocessing.labels,
        probabilities,
        inferenceMs,
        totalMs: performance.now() - startedAt,
      };
    },
  };
}

/** "LiteRT 2.5.3 WebAssembly (relaxed SIMD), 4 threads". */
const nameOf = ({ name, threads }: Runtime): string =>
  threads === 1 ? name : texts.withThreads(name, threads);

/** By the protocol a model and its contract lie under its hash. */
const filesOf = (sha256: string) => ({
  sha256,
  file: `${sha256}.tflite`,
  contract: `${sha256}.json`,
});
