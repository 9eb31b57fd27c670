// npm run litert-native:install: LiteRT's native library and its license out of the wheel on PyPI
// into this machine's cache, where the studio finds them. With --if-easy it gives up early and in
// one sentence: the studio works without.
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  nativeFolder,
  nativeLibraryName,
  nativeVersion,
} from '../src/main/engine/runtime/native/native-folder';
import { hasKoffi } from '../src/main/engine/runtime/native/native-library';
import { fail, say } from './lib/run.mjs';
import { downloadWheel, findPip, type Problem, unpackWheel } from './lib/wheel';

const ifEasy = process.argv.includes('--if-easy');
const folder = nativeFolder();
const libraryFile = join(folder, nativeLibraryName());
const limitMs = ifEasy ? 30_000 : 600_000;

/** Whether the library is there; else the reason and what to do, as two sentences. */
async function install(): Promise<Problem | undefined> {
  if (existsSync(libraryFile)) return undefined;
  const pip = findPip();
  if (!pip) {
    return [
      'Python’s pip was not found; it is only used to download LiteRT’s native library.',
      `Install Python 3 with pip and run npm run litert-native:install again, or take ${nativeLibraryName()} out of the wheel of ai-edge-litert ${nativeVersion} from pypi.org and put it into ${folder}.`,
    ];
  }
  say('Downloading LiteRT’s native library (once, about 20 MB) …');
  const temporary = await mkdtemp(join(tmpdir(), 'pocketlens-litert-'));
  try {
    const download = await downloadWheel(
      pip,
      `ai-edge-litert==${nativeVersion}`,
      temporary,
      limitMs,
    );
    if ('said' in download) {
      const { said } = download;
      return [
        `pip could not download ai-edge-litert ${nativeVersion} for ${process.platform} ${process.arch}${said && `: ${said}`}.`,
        'Check the connection to pypi.org and run npm run litert-native:install again.',
      ];
    }
    return await unpack(download.wheel);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

async function unpack(wheel: string): Promise<Problem | undefined> {
  const part = `${libraryFile}.part`;
  const places: Readonly<Record<string, string>> = {
    [`ai_edge_litert/${nativeLibraryName()}`]: part,
    'licenses/LICENSE': join(folder, 'LICENSE'),
  };
  const ends = Object.keys(places);
  const written = await unpackWheel(
    wheel,
    (name) => places[ends.find((end) => name.endsWith(end)) ?? ''],
  );
  if (written.length < ends.length) {
    return [
      `The wheel of ai-edge-litert ${nativeVersion} holds no ${nativeLibraryName()} for ${process.platform} ${process.arch}.`,
      'The studio runs models with WebAssembly here.',
    ];
  }
  // A studio that starts meanwhile finds all of it or nothing.
  await rename(part, libraryFile);
  return undefined;
}

const problem = await install();
if (problem && ifEasy) say(`${problem[0]} The studio runs models with WebAssembly, more slowly.`);
else if (problem) fail(...problem);
else if (!ifEasy) {
  say(`LiteRT’s native library is in ${folder}.`);
  if (!hasKoffi()) {
    fail(
      'The optional package koffi, which calls it, is not installed for this machine.',
      'Run npm install --include=optional; the studio runs models with WebAssembly until then.',
    );
  }
}
