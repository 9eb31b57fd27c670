import type { GraphOperator } from '@shared/domain/graph-summary';

/** Numbers of the operators whose kind, name, number or tensors hold all words; none for no words. */
export function findOperators(operators: readonly GraphOperator[], search: string): number[] {
  const words = search.trim().toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  return operators.filter((operator) => matches(operator, words)).map(({ number }) => number);
}

function matches(operator: GraphOperator, words: readonly string[]): boolean {
  const { number, kind, name, inputs, outputs, activation = '' } = operator;
  const tensors = [...inputs, ...outputs].flatMap((tensor) => [tensor.name, tensor.type]);
  const text = [`#${number}`, kind, name, activation, ...tensors].join('\n').toLowerCase();
  return words.every((word) => text.includes(word));
}

/** How often each kind occurs, the most frequent first. */
export function countKinds(operators: readonly GraphOperator[]): [kind: string, count: number][] {
  const counts = new Map<string, number>();
  for (const { kind } of operators) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one);
}
