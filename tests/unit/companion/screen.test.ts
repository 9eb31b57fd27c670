import { keepingOf, outdated, outdatedParts } from '@companion/offline/kept';
import { createPace } from '@companion/screen/pace';
import { createTopAnswers } from '@companion/screen/top-answers';
import { describe, expect, it } from 'vitest';

const hash = (digit: string) => digit.repeat(64);

describe('answers of a live camera', () => {
  const labels = ['cup', 'plate', 'spoon', 'fork'];

  it('come best first, of equals the first label', () => {
    const top = createTopAnswers(1);
    top.add('a', [0.2, 0.5, 0.2, 0.1]);
    expect(top.best(labels, 3).map(({ label }) => label)).toEqual(['plate', 'cup', 'spoon']);
  });

  it('move by their share, and begin anew with another model', () => {
    const top = createTopAnswers(0.25);
    top.add('a', [1, 0, 0, 0]);
    top.add('a', [0, 1, 0, 0]);
    expect(top.best(labels, 2)).toEqual([
      { label: 'cup', probability: 0.75 },
      { label: 'plate', probability: 0.25 },
    ]);
    top.add('b', [0, 1, 0, 0]);
    expect(top.best(labels, 1)).toEqual([{ label: 'plate', probability: 1 }]);
  });
});

describe('the pace', () => {
  it('is told by the last sixty answers', () => {
    let at = 0;
    const pace = createPace(() => at);
    expect(pace.read()).toBeUndefined();
    for (let answer = 0; answer < 100; answer++) {
      at += 50;
      pace.add(answer < 40 ? 1000 : 5);
    }
    expect(pace.read()).toEqual({ median: 5, p95: 5, rate: 20 });
    pace.reset();
    pace.add(7);
    expect(pace.read()).toEqual({ median: 7, p95: 7, rate: undefined });
  });
});

describe('what is kept offline', () => {
  it.each([
    ['/', 'studio-first'],
    ['/assets/index-1.js', 'kept-first'],
    ['/litert/2.5.3/x.wasm', 'kept-first'],
    [`/files/${hash('a')}.tflite`, 'kept-first'],
    [`/files/golden/${hash('a')}.jpg`, 'kept-first'],
    [`/files/${hash('a')}.json`, 'studio-first'],
    [`/files/golden/${hash('a')}.json`, 'studio-first'],
    ['/files/manifest.json', 'studio-first'],
    ['/files/requests/push-1.json', 'studio-first'],
    [`/files/photos/${hash('a')}.jpg`, 'never'],
    ['/events', 'never'],
    ['/paired', 'never'],
  ] as const)('%s: %s', (path, keeping) => {
    expect(keepingOf(path)).toBe(keeping);
  });

  it('are no models that a new manifest does not name', () => {
    const kept = [
      `/files/${hash('a')}.tflite`,
      `/files/${hash('b')}.json`,
      '/files/requests/measure-1.json',
      '/files/requests/push-1.json',
      '/files/manifest.json',
      '/',
    ];
    const manifest = `{"active":"${hash('b')}","check":"requests/push-1.json"}`;
    expect(outdated(kept, manifest)).toEqual([
      `/files/${hash('a')}.tflite`,
      '/files/requests/measure-1.json',
    ]);
  });

  it('is nothing that an older page was made of', () => {
    const kept = [
      '/',
      '/assets/index-old.js',
      '/assets/index-new.js',
      '/litert/2.5.3/x.wasm',
      `/files/${hash('a')}.tflite`,
    ];
    expect(outdatedParts(kept, '<script src="./assets/index-new.js"></script>')).toEqual([
      '/assets/index-old.js',
      '/litert/2.5.3/x.wasm',
    ]);
  });
});
