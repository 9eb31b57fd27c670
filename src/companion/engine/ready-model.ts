import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { createClassifier } from '../../main/engine/runtime/classifier';
import type { LoadedModel, Runtime } from '../../main/engine/runtime/runtime';
import {
  type CompanionContract,
  companionContractSchema,
  type CompanionManifest,
  readCompanionMessage,
} from '../../shared/domain/companion-protocol';
import { modelPixels, type SquarePixels } from '../photo/model-pixels';
import type { StudioFiles } from './studio-files';
import { texts } from '../texts';

/** A model that is loaded and can be asked. */
export interface ReadyModel {
  contract: CompanionContract;
  /** Its name in the folder. */
  file: string;
  tensors: Pick<LoadedModel, 'inputs' | 'outputs'>;
  /** By WebGPU where that was chosen and goes on, else by WebAssembly. */
  answer(square: SquarePixels): Promise<ModelAnswer>;
  answerByWasm(square: SquarePixels): Promise<ModelAnswer>;
  /** From now on. @param onFailed a run failed: WebAssembly has given that answer, and gives all later ones. */
  useGpu(gpu: LoadedModel, onFailed: (problem: string) => void): void;
  dispose(): void;
}

export interface ModelAnswer {
  /** One a label. */
  probabilities: number[];
  /** Inside LiteRT alone. */
  inferenceMs: number;
}

/** Why a model is not run; the message is for people. */
export class RefusedModel extends Error {}

// crypto.subtle is there on secure pages only, and a page over plain Wi-Fi is none.
export const hashOf = (bytes: Uint8Array) => bytesToHex(sha256(bytes));

/** @throws RefusedModel when its bytes or its contract are not what they should be. */
export async function openModel(
  {
    file,
    contract: contractFile,
    sha256: hash,
  }: Pick<CompanionManifest['models'][number], 'file' | 'contract' | 'sha256'>,
  files: StudioFiles,
  runtime: Runtime,
): Promise<ReadyModel> {
  const [bytes, text] = await Promise.all([files.read(file), files.read(contractFile)]);
  if (!bytes || !text) throw new RefusedModel(texts.refused.missing);
  if (hashOf(bytes) !== hash) throw new RefusedModel(texts.refused.hash);
  const reading = readCompanionMessage(companionContractSchema, new TextDecoder().decode(text));
  if (reading.problem !== undefined) throw new RefusedModel(texts.refused[reading.problem]);
  const contract = reading.message;
  if (contract.sha256 !== hash) throw new RefusedModel(texts.refused.contract);
  const model = await runtime.load(bytes);
  try {
    const answerByWasm = modelAnswerer(model, contract);
    let isDisposed = false;
    let gpu:
      | { answer: typeof answerByWasm; onFailed(problem: string): void; end(): void }
      | undefined;
    return {
      ...{ contract, file, tensors: model, answerByWasm },
      async answer(square) {
        const used = gpu;
        if (!used) return answerByWasm(square);
        try {
          return await used.answer(square);
        } catch (error) {
          // Several pictures may have been under way.
          if (gpu === used) {
            gpu = undefined;
            used.end();
            used.onFailed(error instanceof Error ? error.message : String(error));
          }
          return answerByWasm(square);
        }
      },
      useGpu(loaded, onFailed) {
        if (isDisposed) return loaded.dispose();
        const answer = modelAnswerer(loaded, contract);
        gpu = { answer, onFailed, end: () => loaded.dispose() };
      },
      dispose() {
        isDisposed = true;
        gpu?.end();
        gpu = undefined;
        model.dispose();
      },
    };
  } catch (error) {
    model.dispose();
    throw error;
  }
}

/** @throws AppError 'model-broken' when the model's input or output is not what the contract says. */
export function modelAnswerer(
  model: LoadedModel,
  { preprocessing }: CompanionContract,
): (square: SquarePixels) => Promise<ModelAnswer> {
  const classify = createClassifier(model, preprocessing);
  return async (square) => {
    const found = await classify(modelPixels(square, preprocessing));
    // float32 sums end a hair above 1.
    const probabilities = Array.from(found, (value) => Math.min(1, Math.max(0, value)));
    return { probabilities, inferenceMs: model.lastRunMs };
  };
}
