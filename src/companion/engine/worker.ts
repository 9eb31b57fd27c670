import { runWasmBuild } from '../../main/engine/runtime/run-wasm-build';
import type { FromWorker, ToWorker } from '../messages';
import { readSquare } from '../photo/read-square';
import { sentenceOf } from './answer-photos';
import { browserBuild } from './browser-build';
import { createCompanion } from './companion';
import { type GpuWorker, openGpuModel } from './gpu/open-gpu-model';
import { openStudioFiles } from './studio-files';

/** The worker in which models run, so that the page never waits for one. */
const scope = self as unknown as {
  postMessage(message: FromWorker): void;
  onmessage: ((event: { data: ToWorker }) => void) | null;
};

const companion = createCompanion({
  files: openStudioFiles(),
  // A browser that says it has threads and then starts none gets the build without.
  startRuntime: () =>
    runWasmBuild(browserBuild()).catch(() => runWasmBuild(browserBuild({ threads: false }))),
  async openGpu(read, like) {
    const adapter = 'gpu' in navigator ? await navigator.gpu.requestAdapter() : null;
    return adapter ? openGpuModel(startGpuWorker, await read(), like) : undefined;
  },
  readSquare,
  tell: (message) => scope.postMessage(message),
  now: () => new Date(),
});

function startGpuWorker(): GpuWorker {
  return new Worker(new URL('./gpu/gpu-worker.ts', import.meta.url));
}

async function answer(id: number, picture: Blob | ImageBitmap): Promise<FromWorker> {
  try {
    const given = await companion.answer(picture);
    return given ? { kind: 'answer', id, answer: given } : { kind: 'no-answer', id };
  } catch (error) {
    return { kind: 'no-answer', id, problem: sentenceOf(error) };
  }
}

scope.onmessage = ({ data }) => {
  switch (data.kind) {
    case 'look':
      return void companion.look(data.name);
    case 'use':
      return void companion.use(data.sha256);
    case 'picture':
      return void answer(data.id, data.picture).then((message) => scope.postMessage(message));
  }
};
