// npm run companion:vectors: writes companions/vectors anew, by the studio's own preprocessing and
// runtime. Everything in there is drawn or made up.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createWasmRuntime } from '../../src/main/engine/runtime/wasm-runtime';
import { root, say } from '../lib/run.mjs';
import { drawPhotos } from './draw-photos';
import { makeVectors } from './make-vectors';
import { makeModels } from './vector-models';

const folder = join(root, 'companions', 'vectors');
const runtime = await createWasmRuntime();
try {
  const files = await makeVectors(await drawPhotos(), await makeModels(runtime), runtime);
  for (const written of ['folder', 'pixels']) {
    await rm(join(folder, written), { recursive: true, force: true });
  }
  let bytes = 0;
  for (const [name, content] of files) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
    bytes += content.length;
  }
  say(`${files.size} files, ${Math.round(bytes / 1000)} kB, in companions/vectors.`);
} finally {
  await runtime.dispose();
}
