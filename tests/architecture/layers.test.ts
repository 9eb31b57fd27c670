import { contract } from '@shared/api/contract';
import { Visitor } from 'vite';
import { describe, expect, it } from 'vitest';
import { guarded, importProblem, layerOf, layers } from '../../lint-rules/layers';
import { findCycles } from './find-cycles';
import { houseFolder, importGraph } from './import-graph';
import { parseSourceFile, readSourceFiles } from './source-files';
import { textsForPeople } from './texts-for-people';

const files = readSourceFiles('src');
const rendererFiles = files.filter(({ path }) => path.startsWith('src/renderer/'));

describe('imports', () => {
  it('point one way', () => {
    const problems = files.flatMap(({ path, imports }) =>
      imports.map(({ specifier }) => {
        const problem = importProblem(path, specifier);
        return problem && `${path}: ${problem}`;
      }),
    );
    expect(problems.filter(Boolean)).toEqual([]);
  });

  it('are judged in every file: none lies outside the layers', () => {
    expect(files.length).toBeGreaterThan(100);
    expect(files.filter(({ path }) => !layerOf(path)).map(({ path }) => path)).toEqual([]);
  });

  it('of guarded modules are where the layers say, and nowhere else', () => {
    const importers = (module: string) => [
      ...new Set(
        files
          .filter(({ imports }) => imports.some(({ specifier }) => specifier === module))
          .map(({ path }) => layerOf(path)),
      ),
    ];
    expect(importers('electron').sort()).toEqual(['src/main/host/electron', 'src/preload']);
    expect(importers('ws')).toEqual(['src/main/host/web']);
    expect(importers('@photostructure/sqlite')).toEqual(['src/main/platform']);
    for (const module of guarded) {
      for (const layer of importers(module)) {
        expect(layers[layer ?? '']?.modules, `${module} in ${layer}`).toContain(module);
      }
    }
  });

  it('make no circle of folders', () => {
    expect(findCycles(importGraph(files, houseFolder))).toEqual([]);
  });

  it('make no circle of files', () => {
    expect(findCycles(importGraph(files, (path) => path))).toEqual([]);
  });
});

describe('a method of the contract', () => {
  it('is implemented once, in the service of its feature', () => {
    const implemented: string[] = [];
    for (const { path, syntax } of files) {
      if (!path.startsWith('src/main/services/')) continue;
      new Visitor({
        Property: ({ key }) => {
          if (key.type !== 'Literal' || typeof key.value !== 'string') return;
          if (Object.hasOwn(contract, key.value)) implemented.push(key.value);
        },
      }).visit(syntax);
    }
    expect(implemented.sort()).toEqual(Object.keys(contract).sort());
  });
});

describe('a file', () => {
  it('has at most 300 lines', () => {
    const long = files.filter(({ lines }) => lines > 300);
    expect(long.map(({ path, lines }) => `${path}: ${lines}`)).toEqual([]);
  });

  it('switches no check off and leaves nothing for later', () => {
    const marks = /oxlint-disable|@ts-ignore|@ts-expect-error|@ts-nocheck|\bTODO\b|\bFIXME\b/;
    expect(files.filter(({ text }) => marks.test(text)).map(({ path }) => path)).toEqual([]);
  });

  it('of the renderer has no text for people outside i18n', () => {
    const texts = rendererFiles
      .filter(({ path }) => !path.startsWith('src/renderer/i18n/'))
      .flatMap((file) => textsForPeople(file).map((text) => `${file.path}: ${text}`));
    expect(texts).toEqual([]);
  });
});

describe('the checks themselves', () => {
  it.each([
    ['src/shared/domain/photo.ts', '../api/errors'],
    ['src/shared/domain/photo.ts', 'react'],
    ['src/shared/rpc/client.ts', 'node:crypto'],
    ['src/main/engine/graph/graph.ts', '../../platform/logger'],
    ['src/main/engine/graph/graph.ts', 'node:fs'],
    ['src/main/engine/image/decode.ts', '../../../shared/rpc/channel'],
    ['src/main/workers/worker.ts', '../services/ports'],
    ['src/main/workers/worker.ts', '@photostructure/sqlite'],
    ['src/main/platform/staging.ts', '../services/ports'],
    ['src/main/platform/staging.ts', '../workers/worker'],
    ['src/main/services/training/x.ts', '../dataset/dataset-service'],
    ['src/main/services/training/x.ts', '@main/services/dataset/dataset-service'],
    ['src/main/services/training/x.ts', '../../app/create-app'],
    ['src/main/services/training/x.ts', '../../engine/training/train-head'],
    ['src/main/services/training/x.ts', 'node:fs/promises'],
    ['src/main/app/create-app.ts', '../host/answer-media'],
    ['src/main/app/create-app.ts', 'electron'],
    ['src/main/host/cli/main.ts', '../../services/ports'],
    ['src/main/host/cli/main.ts', 'ws'],
    ['src/main/host/web/access.ts', '../electron/menu'],
    ['src/main/host/web/access.ts', 'node:fs'],
    ['src/main/host/answer-media.ts', './web/access'],
    ['src/preload/preload.ts', '../shared/rpc/client'],
    ['src/preload/preload.ts', '../main/app/studio-app'],
    ['src/renderer/main.tsx', '../main/app/studio-app'],
    ['src/renderer/main.tsx', '@main/app/studio-app'],
    ['src/renderer/main.tsx', 'node:path'],
    ['src/renderer/features/training/A.tsx', '../library/B'],
    ['src/renderer/features/training/A.tsx', '@renderer/shell/Shell'],
    ['src/renderer/ui/Number.tsx', '../stores/jobs-store'],
  ])('see that %s must not import %s', (file, specifier) => {
    expect(importProblem(file, specifier)).toEqual(expect.any(String));
  });

  it.each([
    ['src/shared/api/contract.ts', '../domain/photo'],
    ['src/main/engine/graph/join.ts', '../../../shared/api/errors'],
    ['src/main/engine/runtime/node-wasm-module.ts', 'node:fs/promises'],
    ['src/main/services/training/x.ts', './y'],
    ['src/main/services/training/x.ts', '../ports'],
    ['src/main/services/training/deep/x.ts', '../y'],
    ['src/main/services/training/x.ts', '../../workers/tasks'],
    ['src/main/host/cli/serve-studio.ts', '../web/start-web-host'],
    ['src/main/host/electron/main.ts', '../../../../package.json'],
    ['src/renderer/features/training/A.tsx', '@renderer/ui/Number'],
    ['src/renderer/features/training/A.tsx', './B'],
    ['src/renderer/main.tsx', 'react'],
  ])('let %s import %s', (file, specifier) => {
    expect(importProblem(file, specifier)).toBeUndefined();
  });

  it('find every form of import, and which are types only', () => {
    const { imports } = parseSourceFile(
      'src/x.ts',
      `import a from 'one';
       import type { B } from 'two';
       import { type C, type D } from 'three';
       import { type E, f } from 'four';
       import 'five';
       export { g } from 'six';
       export type { H } from 'seven';
       export * from 'eight';
       const i = await import('nine');
       let j: import('ten').J;`,
    );
    expect(imports.map(({ specifier }) => specifier)).toEqual(
      'one two three four five six seven eight nine ten'.split(' '),
    );
    expect(imports.filter(({ typeOnly }) => typeOnly).map(({ specifier }) => specifier)).toEqual(
      'two three seven ten'.split(' '),
    );
  });

  it('find a circle, however long, and pass over a diamond', () => {
    const graph = (edges: Record<string, string[]>) =>
      new Map(Object.entries(edges).map(([node, uses]) => [node, new Set(uses)]));
    expect(findCycles(graph({ a: ['b'], b: ['c'], c: ['a'] }))).toEqual([['a', 'b', 'c', 'a']]);
    expect(findCycles(graph({ a: ['b', 'c'], b: ['d'], c: ['d'], d: [] }))).toEqual([]);
  });

  it('see a circle that was planted, and let one of types pass', () => {
    const pair = (form: string) => [
      parseSourceFile('src/main/app/a.ts', "import { b } from '../host/b';"),
      parseSourceFile('src/main/host/b.ts', `${form} from '../app/a';`),
    ];
    expect(findCycles(importGraph(pair('import { a }'), houseFolder))).toHaveLength(1);
    expect(findCycles(importGraph(pair('import type { a }'), houseFolder))).toEqual([]);
  });

  it('see a text in markup', () => {
    const markup = `const x = <p title="Photos" id="list">{t('a')} · <b>No photos</b></p>;`;
    expect(textsForPeople(parseSourceFile('src/renderer/X.tsx', markup))).toEqual([
      'Photos',
      'No photos',
    ]);
  });
});
