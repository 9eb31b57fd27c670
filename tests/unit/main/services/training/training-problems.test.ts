import { describe, expect, it } from 'vitest';
import { findProblems } from '@main/services/training/training-problems';
import type { Split } from '@shared/domain/split';

/** Photos a label: [train, validation, test]. */
function preview(classes: Record<string, [number, number, number]>) {
  const splits: Split[] = ['train', 'validation', 'test'];
  const photos = Object.values(classes).flatMap((counts, labelIndex) =>
    splits.flatMap((split, index) =>
      Array.from({ length: counts[index] ?? 0 }, () => ({ labelIndex, split })),
    ),
  );
  return {
    labels: Object.keys(classes),
    photos: photos.map((photo, index) => ({
      ...photo,
      photoId: index + 1,
      sha256: 'a'.repeat(64),
    })),
  };
}

const problems = (classes: Record<string, [number, number, number]>, photos = 100) =>
  findProblems(preview(classes), photos, none).map(({ blocking, message }) => ({
    blocking,
    message,
  }));

const none = { straddling: 0, heldOut: 0 };

describe('findProblems', () => {
  it('finds nothing wrong with enough photos of two things', () => {
    expect(problems({ banana: [20, 4, 4], hat: [20, 4, 4] })).toEqual([]);
  });

  it('asks for photos first, then for labels, then for a second thing', () => {
    expect(problems({}, 0)).toEqual([{ blocking: true, message: 'There are no photos yet.' }]);
    expect(problems({}, 12)).toEqual([
      { blocking: true, message: 'None of the 12 photos has a label that counts.' },
    ]);
    expect(problems({ hat: [1, 0, 0] })).toEqual([
      {
        blocking: true,
        message: 'All labeled photos show “hat”, so there is nothing to tell apart.',
      },
    ]);
  });

  it('warns of copies that straddle, and tells of those that are held out', () => {
    const enough = preview({ banana: [20, 4, 4], hat: [20, 4, 4] });
    const found = findProblems(enough, 56, { straddling: 2, heldOut: 1 });
    expect(found.map(({ blocking, message }) => [blocking, message])).toEqual([
      [
        false,
        '2 groups of copies or of one burst lie in more than one split: a test would say too much.',
      ],
      [false, 'One labeled photo is not learned from: copies of photos in the locked test set.'],
    ]);
  });

  it('says in each what would be enough', () => {
    const cases = [
      findProblems(preview({}), 0, none),
      findProblems(preview({}), 5, none),
      findProblems(preview({ hat: [9, 9, 9] }), 27, none),
      findProblems(preview({ hat: [1, 1, 1], ball: [30, 5, 5] }), 43, none),
    ];
    for (const [problem] of cases) expect(problem?.remedy).toMatch(/about 20/);
  });

  it.each([
    ['validation', [30, 0, 5] as [number, number, number]],
    ['test', [30, 5, 0] as [number, number, number]],
  ])('refuses an empty %s split', (split, counts) => {
    const found = problems({ banana: counts, hat: counts });
    expect(found).toEqual([
      { blocking: true, message: expect.stringMatching(`^No photo is in the ${split} split`) },
    ]);
  });

  it('refuses labels with fewer than two photos to train on, and warns below twenty', () => {
    expect(
      problems({ banana: [19, 4, 4], hat: [1, 4, 4], plug: [0, 1, 0], ball: [20, 2, 2] }),
    ).toEqual([
      {
        blocking: true,
        message: 'Too few photos to train on: “hat” (1), “plug” (0). Each label needs at least 2.',
      },
      { blocking: false, message: expect.stringContaining('“banana” (19)') },
    ]);
  });

  it('does not tell a long list of labels one by one', () => {
    const classes = Object.fromEntries(
      Array.from({ length: 9 }, (_, index) => [`thing ${index}`, [3, 1, 1]]),
    ) as Record<string, [number, number, number]>;
    expect(problems(classes)[0]?.message).toMatch(/“thing 4” \(3\) and 4 more\./);
  });
});
