import { isHiddenName, isPhotoName } from '@shared/domain/photo-names';
import { describe, expect, it } from 'vitest';

describe('isPhotoName', () => {
  it.each(['a.jpg', 'A.JPEG', 'x.y.png', 'b.webp', 'c.avif', 'd.TIF', 'e.gif', 'f.heic', 'g.dng'])(
    'takes %s',
    (name) => expect(isPhotoName(name)).toBe(true),
  );

  it.each(['labels.txt', 'Thumbs.db', 'jpg', '.jpg', '._a.jpg', 'a.jpg.part', 'a.mov', 'a.json'])(
    'passes over %s',
    (name) => expect(isPhotoName(name)).toBe(false),
  );
});

describe('isHiddenName', () => {
  it('knows what systems leave in folders', () => {
    expect(['.git', '.DS_Store', '__MACOSX', '@eaDir'].every(isHiddenName)).toBe(true);
    expect(['photos', 'a.jpg', '…'].some(isHiddenName)).toBe(false);
  });
});
