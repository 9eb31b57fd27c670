import { createUniqueNames, safeName, safePhotoName } from '@main/platform/safe-names';
import { isHiddenName, isPhotoName } from '@shared/domain/photo-names';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const names = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 });
const oddNames = fc.oneof(
  names,
  fc.constantFrom(
    'CON',
    'con.jpg',
    'aux',
    'LPT1.x',
    '.',
    '..',
    '.hidden',
    'a.',
    'a ',
    'a/b',
    '@eaDir',
  ),
  fc.constantFrom('a\\b', 'a:b', '"a"', 'a?', '%41', '%', '__MACOSX', 'a\nb', '\ud800'),
);

describe('a safe name', () => {
  it('is one that every file system takes', () => {
    fc.assert(
      fc.property(oddNames, (name) => {
        const safe = safeName(name);
        expect(safe).not.toMatch(/[<>:"/\\|?*\p{Cc}]|[. ]$/u);
        expect(safe).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i);
        expect(isHiddenName(safe) || safe === '').toBe(false);
      }),
    );
  });

  it('is another one for another name', () => {
    fc.assert(
      fc.property(oddNames, oddNames, (first, second) => {
        fc.pre(first !== second && !/\p{Cs}/u.test(first + second));
        expect(safeName(first)).not.toBe(safeName(second));
      }),
    );
  });

  it.each([
    ['cat 1.jpg', 'cat 1.jpg'],
    ['Ärger, 100%.jpg', 'Ärger, 100%25.jpg'],
    ['a/b', 'a%2Fb'],
    ['NUL.txt', '%4EUL.txt'],
    ['..', '%2E%2E'],
  ])('keeps what it can of %s', (name, safe) => expect(safeName(name)).toBe(safe));

  it('of a photo is a photo’s, and short enough', () => {
    expect(safePhotoName('scan', 'png')).toBe('scan.png');
    expect(safePhotoName('a.JPG', 'jpg')).toBe('a.JPG');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 }), (name) => {
        const safe = safePhotoName(`${name}.jpg`, 'jpg');
        expect(isPhotoName(safe)).toBe(true);
        expect(Buffer.byteLength(safe)).toBeLessThanOrEqual(240);
      }),
    );
  });
});

describe('unique names', () => {
  it('differ in more than case and composition', () => {
    const { take } = createUniqueNames();
    const given = ['a.jpg', 'A.JPG', 'a (2).jpg', 'a.jpg', 'é.jpg', 'e\u0301.jpg', 'ß', 'SS'];
    const taken = given.map((name) => take('x', name));
    expect(taken).toEqual([
      'a.jpg',
      'A (2).JPG',
      'a (2) (2).jpg',
      'a (3).jpg',
      'é.jpg',
      'e\u0301 (2).jpg',
      'ß',
      'SS (2)',
    ]);
    expect(take('y', 'a.jpg')).toBe('a.jpg');
  });

  it('come quickly for ten thousand of the same', () => {
    const { take } = createUniqueNames();
    const taken = new Set(Array.from({ length: 10_000 }, () => take('', 'IMG.jpg')));
    expect(taken.size).toBe(10_000);
  });
});
