import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import type * as tensorFlow from '@tensorflow/tfjs-core';
import { AppError } from '../../../shared/api/errors';

export type TensorFlow = typeof tensorFlow;

/** TensorFlow.js with its backend chosen and ready. */
export interface TensorEngine {
  tf: TensorFlow;
  /** For provenance: "tfjs WebAssembly 4.22.0". */
  name: string;
  /** Why it is not a faster one; absent for the fastest there is. */
  note?: string;
}

interface Attempt {
  backend: string;
  title: string;
  /** Makes the backend known to TensorFlow.js. Throws where it can't be had. */
  provide(): Promise<void>;
}

/**
 * In order of speed. Heads of 1280 features, batches of 32, on a busy 2-core machine with Node 20,
 * milliseconds an epoch: 200 photos and 7 classes WebAssembly 30, JavaScript 107; 2,000 photos and
 * 20 classes 115 and 937. JavaScript is never ahead.
 */
const attempts: readonly Attempt[] = [
  { backend: 'tensorflow', title: 'tfjs-node', provide: provideNative },
  { backend: 'wasm', title: 'tfjs WebAssembly', provide: provideWebAssembly },
  { backend: 'cpu', title: 'tfjs JavaScript', provide: provideJavaScript },
];

let loaded: Promise<TensorEngine> | undefined;

/**
 * The fastest TensorFlow.js that works here: tfjs-node where its native library loads, otherwise
 * WebAssembly (SIMD), otherwise plain JavaScript. Loaded once a thread, at the first call.
 */
export function loadTensorEngine(): Promise<TensorEngine> {
  loaded ??= chooseEngine(attempts);
  return loaded;
}

/** @throws AppError 'runtime-failed' when none of `candidates` works. */
export async function chooseEngine(candidates: readonly Attempt[]): Promise<TensorEngine> {
  const tf = await import('@tensorflow/tfjs-core');
  const reasons: string[] = [];
  for (const { backend, title, provide } of candidates) {
    try {
      await provide();
      if (!(await tf.setBackend(backend))) throw new Error('the backend could not be started');
      const name = `${title} ${tf.version_core}`;
      return reasons.length === 0 ? { tf, name } : { tf, name, note: reasons.join(' ') };
    } catch (error) {
      reasons.push(`${title} is not used: ${reasonOf(error)}.`);
    }
  }
  throw new AppError(
    'runtime-failed',
    'TensorFlow.js could not be started, so nothing can be trained here.',
    reasons.join(' '),
  );
}

async function provideNative(): Promise<void> {
  // An optional package: a name that is not a literal keeps compilers and bundlers from asking
  // for it.
  const optionalPackage: string = '@tensorflow/tfjs-node';
  await import(/* @vite-ignore */ optionalPackage);
}

async function provideWebAssembly(): Promise<void> {
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
  const require = createRequire(import.meta.url);
  setWasmPaths(dirname(require.resolve('@tensorflow/tfjs-backend-wasm')) + sep);
}

async function provideJavaScript(): Promise<void> {
  await import('@tensorflow/tfjs-backend-cpu');
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'ERR_MODULE_NOT_FOUND') return 'it is not installed';
  return error.message.split('\n')[0]?.replace(/\.$/, '') ?? error.name;
}
