import { baseNotice } from '@main/services/deploy/readme/base-notice';
import { expect, it } from 'vitest';

const base = { fileName: 'graph.lite', sha256: 'd'.repeat(64), license: '' };

it('says of weights from elsewhere whose they are, as far as anybody knows', () => {
  expect(baseNotice(undefined)).toBe('');
  const unknown = baseNotice(base);
  expect(unknown).toContain(
    'from graph.lite; their license is not known to Pocketlens Studio. Find out',
  );
  expect(unknown).toContain('d'.repeat(64));
  const known = baseNotice({ ...base, license: 'MIT\n# not a heading' });
  expect(known).toContain('which says: MIT');
  expect(known).not.toContain('Find out');
  expect(known).not.toContain('\n# not');
});
