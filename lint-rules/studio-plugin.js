import { relative, sep } from 'node:path';
import { importProblem } from './layers.js';

/** Reports imports against the layers, type imports too: a direction is one of knowledge. */
const layers = {
  create(context) {
    const file = relative(context.cwd, context.filename).split(sep).join('/');
    const check = (source) => {
      if (source?.type !== 'Literal' || typeof source.value !== 'string') return;
      const message = importProblem(file, source.value);
      if (message) context.report({ node: source, message });
    };
    return {
      ImportDeclaration: ({ source }) => check(source),
      ExportNamedDeclaration: ({ source }) => check(source),
      ExportAllDeclaration: ({ source }) => check(source),
      ImportExpression: ({ source }) => check(source),
    };
  },
};

/** What is imported is called the same everywhere. */
const namedExports = {
  create: (context) => ({
    ExportDefaultDeclaration: (node) => context.report({ node, message: 'Export by name.' }),
  }),
};

const noEnums = {
  create: (context) => ({
    TSEnumDeclaration: (node) => context.report({ node, message: 'Use a union of literals.' }),
  }),
};

/** The house's own rules. A linter's plugin is its file's default export. */
const plugin = {
  meta: { name: 'studio' },
  rules: { layers, 'named-exports': namedExports, 'no-enums': noEnums },
};
export default plugin;
