import {
  indexOf,
  loadedIds,
  mapPhotos,
  pageSize,
  pagesBetween,
  photoAt,
  type PhotoPages,
  withPage,
} from '@renderer/stores/photo-pages';
import { describe, expect, it } from 'vitest';
import { fakePhoto } from '../fakes/fake-photos';

const page = (number: number) =>
  Array.from({ length: pageSize }, (_, i) => fakePhoto(number * pageSize + i + 1));
const pages: PhotoPages = new Map([
  [0, page(0)],
  [1, page(1)],
]);

describe('photo pages', () => {
  it('finds photos by place and places by photo', () => {
    expect(photoAt(pages, pageSize + 3)?.id).toBe(pageSize + 4);
    expect(indexOf(pages, pageSize + 4)).toBe(pageSize + 3);
    expect(photoAt(pages, 2 * pageSize)).toBeUndefined();
    expect(indexOf(pages, 999_999)).toBeUndefined();
  });

  it('names the pages of a range', () => {
    expect(pagesBetween(0, pageSize - 1)).toEqual([0]);
    expect(pagesBetween(pageSize - 1, pageSize)).toEqual([0, 1]);
    expect(pagesBetween(5, 2)).toEqual([0]);
  });

  it('gives the ids of a range only when all of it is loaded', () => {
    expect(loadedIds(pages, pageSize - 1, pageSize)).toEqual([pageSize, pageSize + 1]);
    expect(loadedIds(pages, pageSize, 2 * pageSize)).toBeUndefined();
  });

  it('drops the pages furthest away when there are too many', () => {
    let many: PhotoPages = new Map();
    for (let number = 0; number <= 100; number += 1) many = withPage(many, number, page(number));
    expect(many.has(100)).toBe(true);
    expect(many.has(0)).toBe(false);
    expect(many.size).toBeLessThan(60);
  });

  it('changes photos without touching other pages, nor the pages given', () => {
    const changed = mapPhotos(pages, new Set([1]), (photo) => ({ ...photo, labelId: 7 }));
    expect(photoAt(changed, 0)?.labelId).toBe(7);
    expect(photoAt(pages, 0)?.labelId).toBeUndefined();
    expect(changed.get(1)).toBe(pages.get(1));
    expect(mapPhotos(pages, new Set([999_999]), (photo) => photo)).toBe(pages);
  });
});
