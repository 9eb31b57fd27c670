import { relative, sep } from 'node:path';
import { importProblem } from './layers.js';

/** Reports imports against the layers, type imports too: a direction is one of knowledge. */
export const layerRule = {
  meta: {
    type: 'problem',
    docs: { description: 'Imports point one way (ARCHITECTURE.md)' },
    schema: [],
  },
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
