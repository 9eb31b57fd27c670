import { filterCompletions } from '@renderer/features/library/filter/filter-completions';
import { readFilterLine } from '@shared/domain/filter-line/filter-line';
import { describe, expect, it } from 'vitest';

const names = {
  labels: [
    { id: 1, name: 'hat' },
    { id: 2, name: 'hard hat' },
    { id: 3, name: 'cup' },
  ],
  imports: [{ id: 'a', startedAt: '2026-01-02T03:04:05.000Z' }],
};
const lines = (line: string) => filterCompletions(line, names).map((completion) => completion.line);

describe('completions of a filter line', () => {
  it('offer every condition after a space, and those that begin so', () => {
    expect(lines('')).toContain('label:');
    expect(lines('is:unlabeled ')).toContain('is:unlabeled split:');
    expect(lines('is:unlabeled s')).toEqual([
      'is:unlabeled split:',
      'is:unlabeled suggested:',
      'is:unlabeled side:',
      'is:unlabeled size:',
    ]);
  });

  it('offer values, in quotes where they need them, and further ones after a comma', () => {
    expect(lines('label:ha')).toEqual(['label:hat ', 'label:"hard hat" ']);
    expect(lines('split:test label:hat,')).toEqual([
      'split:test label:hat,"hard hat" ',
      'split:test label:hat,cup ',
    ]);
    expect(lines('camera:'), 'what can be anything has none').toEqual([]);
  });

  it('are lines that can be read, but for those that wait for a value', () => {
    for (const start of ['is:', 'split:', 'issue:', 'answer:', 'label:', 'import:']) {
      const offered = lines(start);
      expect(offered.length, start).toBeGreaterThan(0);
      for (const line of offered)
        expect(readFilterLine(line, names), line).toHaveProperty('filter');
    }
  });
});
