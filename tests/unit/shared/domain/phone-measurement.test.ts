import { newestOnPhones, scorePhone } from '@shared/domain/phone-measurement';
import { describe, expect, it } from 'vitest';
import { createFakeMeasurement } from '../../../fakes/fake-phone-measurement';

const asked = [
  { sha256: 'a', truth: 0, expected: [0.9, 0.1] },
  { sha256: 'b', truth: 1, expected: [0.3, 0.7] },
  { sha256: 'c', truth: 1, expected: [0.6, 0.4] },
  { sha256: 'd', truth: 0, expected: [0.8, 0.2] },
];

const run = (answers: Record<string, number[] | undefined>) => ({
  model: 'f'.repeat(64),
  runtime: 'LiteRT 1.4',
  latencyMs: { p50: 10, p95: 20 },
  memoryBytes: 5_000_000,
  answers: Object.entries(answers).map(([photo, probabilities]) => ({ photo, probabilities })),
});

describe('what a phone’s answers are worth', () => {
  it('is held against the truth and against this computer’s answers, photo by photo', () => {
    const answers = { a: [0.85, 0.15], b: [0.55, 0.45], c: [0.45, 0.55], d: [0.8, 0.2] };
    const score = scorePhone(run(answers), asked);
    expect(score).toMatchObject({
      total: 4,
      unanswered: 0,
      // a, c and d; this computer has a, b and d right.
      correct: 3,
      correctOnDesktop: 3,
      top1: 0.75,
      // a and d.
      sameAsDesktop: 2,
      latencyMs: { p50: 10, p95: 20 },
      memoryBytes: 5_000_000,
    });
    expect(score.largestDifference).toBeCloseTo(0.25);
    // Wilson's interval of 3 of 4.
    expect(score.top1Interval?.low).toBeCloseTo(0.3006, 3);
    expect(score.top1Interval?.high).toBeCloseTo(0.9544, 3);
    for (const untold of ['temperatureCelsius', 'thermalState']) {
      expect(score).not.toHaveProperty(untold);
    }
  });

  it('tells how warm the phone was, as far as it told', () => {
    const warm = { ...run({ a: [1, 0] }), temperatureCelsius: 38.5, thermalState: 'fair' as const };
    expect(scorePhone(warm, asked)).toMatchObject({
      temperatureCelsius: 38.5,
      thermalState: 'fair',
    });
  });

  it('leaves out photos without an answer, with other labels, and those that nobody asked for', () => {
    const answers = { a: [0.9, 0.1], b: undefined, c: [0.2, 0.3, 0.5], z: [0, 1] };
    expect(scorePhone(run(answers), asked)).toMatchObject({
      total: 1,
      unanswered: 3,
      correct: 1,
      correctOnDesktop: 1,
      top1: 1,
    });
  });

  it('is nothing when there are none: no accuracy, no latency, but why', () => {
    const score = scorePhone(run({}), asked);
    expect(score).toMatchObject({ total: 0, unanswered: 4, problem: expect.any(String) });
    for (const absent of ['top1', 'top1Interval', 'latencyMs', 'memoryBytes']) {
      expect(score).not.toHaveProperty(absent);
    }
    expect(scorePhone(undefined, asked).problem).toContain('no answers for this model');
    expect(scorePhone({ ...run({}), problem: 'The file is broken.' }, asked).problem).toBe(
      'The file is broken.',
    );
  });
});

describe('what is shown of a model', () => {
  it('is the newest measurement of each phone', () => {
    const newer = createFakeMeasurement({ id: 'measurement-3' });
    const other = createFakeMeasurement({ id: 'measurement-2', deviceId: 'ios:1' });
    const found = newestOnPhones([newer, other, createFakeMeasurement()], 'model-2');
    expect(found.map(({ measurement }) => measurement.id)).toEqual([
      'measurement-3',
      'measurement-2',
    ]);
    expect(newestOnPhones([newer], 'model-1')).toEqual([]);
  });
});
