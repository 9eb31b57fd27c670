// npm run litert-native:install: LiteRT's native library and its license out of the wheel on PyPI
// into this machine's cache, where the studio finds them. With --if-easy it gives up early and in
// one sentence: the studio works without.
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import {
  nativeFolder,
  nativeLibraryName,
  nativeVersion,
} from '../src/main/engine/runtime/native/native-folder';
import { hasKoffi } from '../src/main/engine/runtime/native/native-library';
import { fail, say } from './lib/run.mjs';

const ifEasy = process.argv.includes('--if-easy');
const folder = nativeFolder();
const libraryFile = join(folder, nativeLibraryName());
const limitMs = ifEasy ? 30_000 : 600_000;

const wheelArguments = [
  ...['download', `ai-edge-litert==${nativeVersion}`, '--no-deps', '--only-binary', ':all:'],
  // The library is the same in the wheels of all Pythons; with this, the version here is all one.
  ...['--python-version', '3.11', '--quiet', '--disable-pip-version-check', '--dest'],
];

/** Whether the library is there; else the reason and what to do, as two sentences. */
async function install(): Promise<[reason: string, remedy: string] | undefined> {
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
    const { status, stderr } = spawnSync(
      pip.command,
      [...pip.before, ...wheelArguments, temporary],
      { encoding: 'utf8', timeout: limitMs },
    );
    const [wheel] = (await readdir(temporary)).filter((name) => name.endsWith('.whl'));
    if (status !== 0 || wheel === undefined) {
      const last = stderr.trim().split('\n').at(-1) ?? '';
      return [
        `pip could not download ai-edge-litert ${nativeVersion} for ${process.platform} ${process.arch}${last && `: ${last}`}.`,
        'Check the connection to pypi.org and run npm run litert-native:install again.',
      ];
    }
    return await unpack(join(temporary, wheel));
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

function findPip(): { command: string; before: string[] } | undefined {
  const candidates = [
    { command: 'python3', before: ['-m', 'pip'] },
    { command: 'python', before: ['-m', 'pip'] },
    { command: 'pip3', before: [] },
    { command: 'pip', before: [] },
  ];
  return candidates.find(
    ({ command, before }) =>
      spawnSync(command, [...before, '--version'], { stdio: 'ignore', timeout: 10_000 }).status ===
      0,
  );
}

async function unpack(wheel: string): Promise<[string, string] | undefined> {
  const wanted = [`ai_edge_litert/${nativeLibraryName()}`, 'licenses/LICENSE'];
  const files = unzipSync(await readFile(wheel), {
    filter: ({ name }) => wanted.some((end) => name.endsWith(end)),
  });
  const find = (end: string) => Object.entries(files).find(([name]) => name.endsWith(end))?.[1];
  const [library, license] = wanted.map(find);
  if (!library || !license) {
    return [
      `The wheel of ai-edge-litert ${nativeVersion} holds no ${nativeLibraryName()} for ${process.platform} ${process.arch}.`,
      'The studio runs models with WebAssembly here.',
    ];
  }
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'LICENSE'), license);
  // A studio that starts meanwhile finds all of it or nothing.
  await writeFile(`${libraryFile}.part`, library);
  await rename(`${libraryFile}.part`, libraryFile);
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
