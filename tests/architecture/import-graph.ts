import { resolveImport } from '../../lint-rules/layers';
import type { SourceFile } from './source-files';

/**
 * Who uses whom at run time. `nodeOf` names the node a file belongs to (the file itself, its
 * folder); uses within a node are left out.
 */
export function importGraph(
  files: readonly SourceFile[],
  nodeOf: (path: string) => string,
): Map<string, Set<string>> {
  const known = new Set(files.map(({ path }) => path));
  const graph = new Map<string, Set<string>>();
  for (const file of files) {
    const node = nodeOf(file.path);
    const uses = graph.get(node) ?? new Set();
    graph.set(node, uses);
    for (const { specifier, typeOnly } of file.imports) {
      const target = typeOnly ? undefined : resolveImport(file.path, specifier);
      const path = [`${target}.ts`, `${target}.tsx`].find((candidate) => known.has(candidate));
      if (path !== undefined && nodeOf(path) !== node) uses.add(nodeOf(path));
    }
  }
  return graph;
}

/** `src/main/services/dataset/x.ts` -> `src/main/services`: the folders of ARCHITECTURE.md. */
export const houseFolder = (path: string): string => path.split('/').slice(0, 3).join('/');
