import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chooseRuntime } from '@main/engine/runtime/choose-runtime';
import { nativeFolder, nativeLibraryName } from '@main/engine/runtime/native/native-folder';
import { hasKoffi } from '@main/engine/runtime/native/native-library';
import { openOtherRuntime } from '@main/engine/runtime/other-runtime';
import { afterEach, beforeEach, expect, it } from 'vitest';

const fixture = (name: string) =>
  fileURLToPath(new URL(`../../../../fixtures/${name}`, import.meta.url));

let home: string;
let said: string[];
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'runtime-'));
  said = [];
});
afterEach(() => rm(home, { recursive: true }));

const choose = (runtime?: string, processFile = fixture('crashing-process.mjs')) =>
  chooseRuntime({
    processFile,
    environment: { POCKETLENS_HOME: home, POCKETLENS_RUNTIME: runtime },
    say: (sentence) => said.push(sentence),
  });

/** A file where the library belongs: the process of the tests does not open it. */
async function placeLibrary(): Promise<void> {
  const file = join(nativeFolder({ POCKETLENS_HOME: home }), nativeLibraryName());
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, 'no library');
}

it('takes WebAssembly without the library, and says why', async () => {
  const runtime = await choose();
  expect(runtime.name).toContain('WebAssembly');
  expect(said).toEqual([expect.stringContaining(`there is no ${home}`)]);
  expect(said[0]).toContain('litert-native:install');
  await runtime.dispose();
});

it('refuses when the native one is asked for and absent', async () => {
  await expect(choose('native')).rejects.toMatchObject({
    code: 'runtime-failed',
    message: expect.stringContaining('POCKETLENS_RUNTIME'),
    remedy: expect.stringContaining('litert-native:install'),
  });
});

it('refuses a runtime that it does not know', async () => {
  await expect(choose('gpu')).rejects.toMatchObject({ code: 'bad-request' });
});

it.skipIf(!hasKoffi())('takes the native one where it is, unless told otherwise', async () => {
  await placeLibrary();
  const native = await choose();
  expect(native.name).toContain('native');
  const wasm = await choose('wasm');
  expect(wasm.name).toContain('WebAssembly');
  expect(said).toEqual([]);
  await Promise.all([native.dispose(), wasm.dispose()]);
});

it.skipIf(!hasKoffi())('takes WebAssembly when the library does not open', async () => {
  await placeLibrary();
  const real = fixture('native-process.mjs');
  const runtime = await choose(undefined, real);
  expect(runtime.name).toContain('WebAssembly');
  expect(said).toEqual([expect.stringContaining('cannot be opened')]);
  await expect(choose('native', real)).rejects.toMatchObject({ code: 'runtime-failed' });
  await runtime.dispose();
});

it('has no second runtime without the library, nor where only WebAssembly is allowed', async () => {
  const second = (runtime?: string) =>
    openOtherRuntime(
      { apart: false },
      {
        processFile: fixture('crashing-process.mjs'),
        environment: { POCKETLENS_HOME: home, POCKETLENS_RUNTIME: runtime },
        say: (sentence) => said.push(sentence),
      },
    );
  expect(await second()).toBeUndefined();
  await placeLibrary();
  expect(await second('wasm')).toBeUndefined();
});

it.skipIf(!hasKoffi())('has the one that was not chosen as the second', async () => {
  await placeLibrary();
  const parts = { environment: { POCKETLENS_HOME: home }, say: (text: string) => said.push(text) };
  const processFile = fixture('crashing-process.mjs');
  const native = await openOtherRuntime({ apart: false }, { ...parts, processFile });
  const wasm = await openOtherRuntime({ apart: true }, { ...parts, processFile });
  expect([native?.name, wasm?.name]).toEqual([
    expect.stringContaining('native'),
    expect.stringContaining('WebAssembly'),
  ]);
  await Promise.all([native?.dispose(), wasm?.dispose()]);
  // The library there is no library.
  const broken = { ...parts, processFile: fixture('native-process.mjs') };
  expect(await openOtherRuntime({ apart: false }, broken)).toBeUndefined();
  expect(said).toEqual([expect.stringContaining('cannot be opened')]);
});
