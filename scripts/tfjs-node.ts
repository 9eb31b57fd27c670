// npm run tfjs-node:build: TensorFlow.js on TensorFlow's own C library, for fine-tuning, built from
// registry packages alone into this machine's cache, where the studio finds it: the packages locked
// in engines/tfjs-node, library and headers out of TensorFlow's wheel, and the addon between them,
// compiled here. Nothing else needs it.
import { spawnSync } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rename, rm, statfs } from 'node:fs/promises';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';
import {
  addonApiVersion,
  addonFile,
  isTfjsNodeBuilt,
  tensorFlowVersion,
  tfjsNodeFolder,
  tfjsNodePackage,
} from '../src/main/engine/training/tfjs-node/tfjs-node-folder';
import { fail, root, say } from './lib/run.mjs';
import { downloadWheel, findPip, type Problem, unpackWheel, works } from './lib/wheel';

const folder = tfjsNodeFolder();
const again = 'run npm run tfjs-node:build again';
/** Packages, the library and, until the end, the wheel it comes from. */
const neededBytes = 2 * 1024 ** 3;
const downloadLimitMs = 30 * 60_000;
const libraries = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'];
/** Parts of the wheel's `include` folder that the addon's headers lead to. */
const headers = [
  'tensorflow/c/',
  'tensorflow/core/platform/ctstring',
  'tsl/platform/ctstring',
  'xla/tsl/c/',
];

async function build(): Promise<Problem | undefined> {
  if (isTfjsNodeBuilt(folder) && loads()) return undefined;
  const missing = await findMissing();
  if (missing) return missing;
  await mkdir(folder, { recursive: true });
  return (await installPackages()) ?? (await fetchLibrary()) ?? compile();
}

/** What this machine lacks, before anything is downloaded. */
async function findMissing(): Promise<Problem | undefined> {
  if (platform() !== 'linux' || arch() !== 'x64') {
    return [
      `The addon is compiled on Linux x86-64 only; this is ${platform()} ${arch()}.`,
      'Try npm install --no-save @tensorflow/tfjs-node@4.22.0 here: where its own download has a build for this machine, the studio fine-tunes with it.',
    ];
  }
  if (!works('g++', ['--version'])) {
    return [
      'The C++ compiler g++ was not found; it compiles two files for about ten seconds.',
      `Install it (Debian and Ubuntu: apt install g++; Fedora: dnf install gcc-c++) and ${again}.`,
    ];
  }
  if (!findPip()) {
    return [
      'Python’s pip was not found; it is only used to download TensorFlow’s C library.',
      `Install Python 3 with pip (Debian and Ubuntu: apt install python3-pip) and ${again}.`,
    ];
  }
  await mkdir(folder, { recursive: true });
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < neededBytes) {
    return [
      `There is too little space left for it in ${folder}: about 2 GB are needed.`,
      `Make room there, or set POCKETLENS_HOME to a folder elsewhere, and ${again}.`,
    ];
  }
  return undefined;
}

async function installPackages(): Promise<Problem | undefined> {
  say('Installing TensorFlow.js (once, about 300 MB) …');
  for (const name of ['package.json', 'package-lock.json']) {
    await copyFile(join(root, 'engines', 'tfjs-node', name), join(folder, name));
  }
  // Its own install script would download what is not to be had everywhere.
  const { status } = spawnSync(
    'npm',
    ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel', 'error'],
    { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] },
  );
  if (status === 0) return undefined;
  return [
    'The packages of TensorFlow.js could not be installed.',
    `Look at the message above: most often the npm registry is out of reach. Then ${again}.`,
  ];
}

async function fetchLibrary(): Promise<Problem | undefined> {
  const pip = findPip();
  const deps = join(tfjsNodePackage(folder), 'deps');
  // Here and not among temporary files, which are often kept in memory.
  const temporary = await mkdtemp(join(folder, 'download-'));
  try {
    say(`Downloading TensorFlow ${tensorFlowVersion} (once, about 270 MB) …`);
    const requirement = `tensorflow-cpu==${tensorFlowVersion}`;
    const download = pip
      ? await downloadWheel(pip, requirement, temporary, downloadLimitMs)
      : { said: '' };
    if ('said' in download) {
      const { said } = download;
      return [
        `pip could not download tensorflow-cpu ${tensorFlowVersion}${said && `: ${said}`}.`,
        `Check the connection to pypi.org and ${again}.`,
      ];
    }
    say('Unpacking …');
    const written = await unpackWheel(download.wheel, (name) => placeOf(name, deps));
    const lacking = libraries.find((library) => !written.includes(`tensorflow/${library}`));
    if (lacking === undefined) return undefined;
    return [`The wheel of tensorflow-cpu ${tensorFlowVersion} holds no ${lacking}.`, ''];
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

function placeOf(name: string, deps: string): string | undefined {
  const library = libraries.find((file) => name === `tensorflow/${file}`);
  if (library !== undefined) return join(deps, 'lib', library);
  if (name === 'tensorflow/THIRD_PARTY_NOTICES.txt') return join(deps, 'THIRD_PARTY_NOTICES.txt');
  if (name === 'tensorflow/include/LICENSE') return join(deps, 'LICENSE');
  const [, header] = /^tensorflow\/include\/(.+\.h)$/.exec(name) ?? [];
  if (header === undefined || !headers.some((start) => header.startsWith(start))) return undefined;
  return join(deps, 'include', header);
}

async function compile(): Promise<Problem | undefined> {
  say('Compiling …');
  const home = tfjsNodePackage(folder);
  const addon = addonFile(folder);
  const part = `${addon}.part`;
  await mkdir(dirname(addon), { recursive: true });
  // What binding.gyp of tfjs-node asks for, with the library under the wheel's name.
  const { status } = spawnSync(
    'g++',
    [
      ...['-std=c++17', '-O2', '-fPIC', '-shared', '-w'],
      ...[`-DNAPI_VERSION=${addonApiVersion}`, '-DBUILDING_NODE_EXTENSION'],
      ...[`-I${home}`, `-I${join(home, 'deps', 'include')}`],
      `-I${join(folder, 'node_modules', 'node-api-headers', 'include')}`,
      ...['tfjs_backend.cc', 'tfjs_binding.cc'].map((file) => join(home, 'binding', file)),
      ...libraries.map((library) => join(home, 'deps', 'lib', library)),
      ...['-Wl,-rpath,$ORIGIN/../../deps/lib', '-o', part],
    ],
    { stdio: ['ignore', 'inherit', 'inherit'] },
  );
  if (status !== 0) {
    return [
      'The addon could not be compiled.',
      `The compiler’s messages are above; g++ 9 or newer with its C++ library is needed. Then ${again}.`,
    ];
  }
  // A studio that starts meanwhile finds all of it or nothing.
  await rename(part, addon);
  if (loads()) return undefined;
  await rm(addon);
  return [
    'The addon was compiled, but it can’t be loaded by this Node.',
    `The message is above. Delete ${folder} and ${again}.`,
  ];
}

/** Tried in another process: what does not fit takes its process down. */
function loads(): boolean {
  const script = [
    "const util = require('node:util');",
    'util.isNullOrUndefined ??= (value) => value == null;',
    `const tf = require(${JSON.stringify(tfjsNodePackage(folder))});`,
    'if (tf.add(20, 22).dataSync()[0] !== 42) process.exit(1);',
  ].join('\n');
  const { status, stderr } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
  if (status !== 0) say(stderr.trim());
  return status === 0;
}

const problem = await build();
if (problem) fail(...problem);
else say(`TensorFlow.js for fine-tuning is in ${folder}.`);
