import { posix } from 'node:path';

/** Files right in `host/`, which all hosts share; never another host's folder. */
const commonHostFiles = ['answer-media', 'content-security', 'local-environment'].map(
  (name) => `src/main/host/${name}`,
);

/**
 * The layers of ARCHITECTURE.md as data: what a file of a folder may import. Read by the lint rule
 * and by `tests/architecture`, so that there is one truth.
 *
 * A folder is the longest key that the file's path starts with. `imports` lists folders and files
 * (without extension) it may reach besides itself; a folder within it that has a key of its own
 * is another one. `own: false` forbids files of the folder's own subfolders to import each
 * other (services and features get their neighbors as interfaces). `modules` lists packages and
 * node modules; what is guarded in `guarded` may be imported only where it is listed.
 */
export const layers = {
  'src/shared/domain': { imports: [], modules: ['zod'] },
  'src/shared/api': { imports: ['src/shared/domain'], modules: ['zod'] },
  'src/shared/rpc': { imports: ['src/shared/api', 'src/shared/domain'], modules: ['zod'] },

  'src/main/engine': {
    imports: ['src/main/engine', 'src/shared/domain', 'src/shared/api/errors'],
  },
  // The two that load their engine's own wasm file from node_modules.
  'src/main/engine/runtime': {
    imports: ['src/main/engine', 'src/shared/domain', 'src/shared/api/errors'],
    modules: ['node:fs', 'node:fs/promises'],
  },
  // The native library runs in a process of its own.
  'src/main/engine/runtime/native': {
    imports: ['src/main/engine', 'src/shared/domain', 'src/shared/api/errors'],
    modules: ['node:fs', 'node:child_process'],
  },
  // Training more than a head, in a process that may crash.
  'src/main/engine/training/tfjs-node': {
    imports: ['src/main/engine', 'src/shared/domain', 'src/shared/api/errors'],
    modules: ['node:fs', 'node:child_process'],
  },
  'src/main/engine/training': {
    imports: ['src/main/engine', 'src/shared/domain', 'src/shared/api/errors'],
    modules: ['node:fs', 'node:fs/promises'],
  },
  'src/main/workers': {
    imports: ['src/main/engine', 'src/main/platform', 'src/shared'],
    modules: ['node:fs', 'node:fs/promises'],
  },
  'src/main/platform': {
    imports: ['src/main/workers/tasks', 'src/shared'],
    modules: ['node:fs', 'node:fs/promises', 'node:child_process', '@photostructure/sqlite'],
  },
  'src/main/services': {
    imports: [
      'src/main/services/ports',
      'src/main/platform',
      'src/main/workers/tasks',
      'src/shared',
    ],
    own: false,
  },
  'src/main/app': { imports: ['src/main/services', 'src/main/platform', 'src/shared'] },
  'src/main/host': { imports: ['src/main/app', 'src/main/platform', 'src/shared'] },
  'src/main/host/cli': {
    imports: ['src/main/host', 'src/main/app', 'src/main/platform', 'src/shared', 'package.json'],
  },
  'src/main/host/electron': {
    imports: [
      ...commonHostFiles,
      'src/main/app',
      'src/main/platform',
      'src/shared',
      'package.json',
    ],
    modules: ['electron'],
  },
  'src/main/host/web': {
    imports: [...commonHostFiles, 'src/main/app', 'src/main/platform', 'src/shared'],
    modules: ['ws'],
  },
  // The page in a phone's browser: the studio's own way from bytes to answers, where a browser can run it.
  'src/companion': {
    imports: [
      'src/shared/domain',
      'src/main/engine/runtime/classifier',
      'src/main/engine/runtime/run-wasm-build',
      'src/main/engine/runtime/runtime',
      'src/main/engine/runtime/wasm-module',
      'src/main/engine/runtime/web-assembly',
    ],
  },
  'src/preload': { imports: ['src/shared/api'], modules: ['electron'] },

  'src/renderer': { imports: ['src/renderer', 'src/shared'] },
  'src/renderer/features': {
    imports: [
      'src/renderer/actions',
      'src/renderer/host',
      'src/renderer/i18n',
      'src/renderer/stores',
      'src/renderer/theme',
      'src/renderer/ui',
      'src/renderer/features/place',
      'src/shared',
    ],
    own: false,
  },
  'src/renderer/stores': {
    imports: ['src/renderer/host', 'src/renderer/i18n', 'src/shared'],
  },
  'src/renderer/ui': {
    imports: ['src/renderer/i18n', 'src/renderer/theme', 'src/renderer/icon.svg', 'src/shared'],
  },
  'src/renderer/host': { imports: ['src/shared'] },
  'src/renderer/i18n': { imports: ['src/shared'] },
  'src/renderer/theme': { imports: ['src/shared'] },
};

/** Modules that only the folders listing them may import. */
export const guarded = [
  'electron',
  'ws',
  '@photostructure/sqlite',
  'node:sqlite',
  'node:fs',
  'node:fs/promises',
  'node:child_process',
];

/** Folders that run where Node is not. */
const browserFolders = ['src/shared', 'src/renderer', 'src/companion'];

const isWithin = (path, folder) => path === folder || path.startsWith(`${folder}/`);

/** The key of `layers` that a file belongs to. */
export function layerOf(file) {
  return Object.keys(layers)
    .filter((folder) => isWithin(file, folder))
    .sort((first, second) => second.length - first.length)[0];
}

/** An import as a path from the project's root; undefined for a package or node module. */
export function resolveImport(file, specifier) {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(file), specifier);
  const alias = /^@(shared|main|renderer|companion)\/(.*)$/.exec(specifier);
  return alias ? `src/${alias[1]}/${alias[2]}` : undefined;
}

/**
 * What is wrong with an import, as a sentence; undefined when nothing is.
 * @param {string} file path from the project's root, with forward slashes
 * @param {string} specifier as written
 */
export function importProblem(file, specifier) {
  const layer = layerOf(file);
  if (!layer) return undefined;
  const target = resolveImport(file, specifier);
  return target === undefined
    ? moduleProblem(file, layer, specifier)
    : pathProblem(file, layer, target);
}

function moduleProblem(file, layer, specifier) {
  const { modules = [] } = layers[layer];
  const isNode = specifier.startsWith('node:');
  if (isNode && browserFolders.some((folder) => isWithin(file, folder))) {
    return `${layer} runs in a browser too: ${specifier} is not there.`;
  }
  const name = isNode
    ? specifier
    : specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
  if (layer.startsWith('src/shared') && !modules.includes(name)) {
    return `${layer} runs anywhere and imports ${modules.join(', ')} only, not ${specifier}.`;
  }
  if (guarded.includes(name) && !modules.includes(name)) {
    return `${layer} may not import ${specifier}: see lint-rules/layers.js for who does.`;
  }
  return undefined;
}

function pathProblem(file, layer, target) {
  const { imports, own = true } = layers[layer];
  const sourceTarget = withoutExtension(target);
  if (imports.some((allowed) => isWithin(sourceTarget, withoutExtension(allowed))))
    return undefined;
  if (isWithin(target, layer) && layerOf(target) === layer) {
    if (own) return undefined;
    const [, ownPart] = partsBelow(layer, file);
    const [, targetPart] = partsBelow(layer, target);
    if (ownPart === targetPart) return undefined;
    return `Folders of ${layer} never import each other: ${ownPart} may not import ${targetPart}.`;
  }
  return `${layer} may not import ${target}: imports point one way (ARCHITECTURE.md).`;
}

/** Vite's queries (`icon.svg?no-inline`) aside. */
const withoutExtension = (path) => path.replace(/\?.*$/, '').replace(/\.tsx?$/, '');

function partsBelow(layer, path) {
  return [layer, path.slice(layer.length + 1).split('/')[0]];
}
