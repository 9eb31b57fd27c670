import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ESTree, parseSync, Visitor } from 'vite';

export interface Import {
  specifier: string;
  /** Gone after compiling: knowledge of a shape, no use of a thing. */
  typeOnly: boolean;
}

export interface SourceFile {
  /** From the project's root, with forward slashes. */
  path: string;
  text: string;
  lines: number;
  imports: Import[];
  syntax: ESTree.Program;
}

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Every TypeScript file below a folder of the project. */
export function readSourceFiles(folder: string): SourceFile[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts'))
    .map((name) => join(folder, name).split(sep).join('/'))
    .map((path) => parseSourceFile(path, readFileSync(join(root, path), 'utf8')));
}

export function parseSourceFile(path: string, text: string): SourceFile {
  const { program, errors } = parseSync(path, text);
  if (errors[0]) throw new Error(`${path}: ${errors[0].message}`);
  return {
    path,
    text,
    lines: text.split('\n').length - 1,
    imports: readImports(program),
    syntax: program,
  };
}

function readImports(program: ESTree.Program): Import[] {
  const imports: Import[] = [];
  const add = (source: ESTree.Expression | null, typeOnly: boolean): void => {
    if (source?.type !== 'Literal' || typeof source.value !== 'string') return;
    imports.push({ specifier: source.value, typeOnly });
  };
  new Visitor({
    ImportDeclaration: (node) => add(node.source, isTypeOnly(node)),
    ExportNamedDeclaration: ({ source, exportKind }) => add(source, exportKind === 'type'),
    ExportAllDeclaration: ({ source, exportKind }) => add(source, exportKind === 'type'),
    // `import('…')` as an expression, and as a type.
    ImportExpression: ({ source }) => add(source, false),
    TSImportType: ({ source }) => add(source, true),
  }).visit(program);
  return imports;
}

function isTypeOnly({ importKind, specifiers }: ESTree.ImportDeclaration): boolean {
  if (importKind === 'type') return true;
  return (
    specifiers.length > 0 &&
    specifiers.every((each) => each.type === 'ImportSpecifier' && each.importKind === 'type')
  );
}
