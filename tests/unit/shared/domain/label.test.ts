import { labelColors, labelNameSchema, nextLabelColor } from '@shared/domain/label';
import { describe, expect, it } from 'vitest';

describe('labelNameSchema', () => {
  it('trims and composes names', () => {
    expect(labelNameSchema.parse(`  ${'Äpfel'.normalize('NFD')} `)).toBe('Äpfel');
  });

  it.each(['', '   ', 'two\nlines', 'tab\there', 'x'.repeat(81)])('refuses %j', (name) => {
    expect(labelNameSchema.safeParse(name).success).toBe(false);
  });

  it('takes 80 characters, spaces and any script', () => {
    for (const name of ['x'.repeat(80), 'soccer ball', '写真', '👋']) {
      expect(labelNameSchema.parse(name)).toBe(name);
    }
  });
});

describe('nextLabelColor', () => {
  it('takes the first color not in use, then begins again', () => {
    expect(nextLabelColor([])).toBe(labelColors[0]);
    expect(nextLabelColor([labelColors[0], labelColors[2]])).toBe(labelColors[1]);
    expect(nextLabelColor([...labelColors, labelColors[0]])).toBe(labelColors[1]);
  });
});
