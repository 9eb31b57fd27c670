import { describe, expect, it } from 'vitest';
import type { Comparison, Difference, ModelResult } from '@shared/domain/comparison';
import { exactMcNemar, pairedDifferenceInterval } from '@shared/domain/statistics';
import { fewestPhotos, judge, verdict } from '@shared/domain/verdict';

interface Case {
  total: number;
  lost?: number;
  gained?: number;
  bothWrong?: number;
  sizeRatio?: number;
  speedRatio?: number;
  precision?: ModelResult['precision'];
  generated?: boolean;
  split?: Comparison['split'];
}

function model(id: string, precision: ModelResult['precision'], total: number): ModelResult {
  return {
    modelId: id,
    name: `Lite0 ${id}`,
    precision,
    io: 'float32',
    bytes: 1,
    correct: 0,
    total,
    top1: 0,
    top1Interval: { low: 0, high: 1 },
    classes: [],
    confusion: [],
    latencyMs: { p50: 1, p95: 1, runs: 1, warmupRuns: 0, threads: 1 },
    loadMs: 1,
    provenance: { kind: 'measured', on: '', by: '', at: '2026-01-01T00:00:00.000Z' },
  };
}

function say(options: Case): string {
  const { total, lost = 0, gained = 0, bothWrong = 0, precision = 'int8' } = options;
  const difference: Difference = {
    firstId: 'model-1',
    secondId: 'model-2',
    top1: (gained - lost) / total,
    interval: pairedDifferenceInterval({
      bothRight: total - lost - gained - bothWrong,
      firstOnly: lost,
      secondOnly: gained,
      bothWrong,
    }),
    lost,
    gained,
    pValue: exactMcNemar(lost, gained),
    agreement: 1,
    sizeRatio: options.sizeRatio ?? 3.9,
    speedRatio: options.speedRatio ?? 1.6,
    flips: [],
  };
  return verdict({
    models: [model('model-1', 'float32', total), model('model-2', precision, total)],
    differences: [difference],
    split: options.split ?? 'test',
    generated: options.generated ?? false,
  });
}

describe('verdict', () => {
  it('recommends what is within chance, and says what could hide', () => {
    expect(say({ total: 84, lost: 1 })).toBe(
      'int8 is 3.9× smaller and 1.6× faster; it loses 1 of 84 test photos, which is within chance ' +
        '(p = 1.00; a loss of up to 6.4 points could hide in this test set, ' +
        '95% interval −6.4 to +3.3 points): use it.',
    );
  });

  it('claims no chance where nothing changed, and still says what could hide', () => {
    expect(say({ total: 84 })).toBe(
      'int8 is 3.9× smaller and 1.6× faster; it loses none of 84 test photos ' +
        '(p = 1.00; a loss of up to 4.4 points could hide in this test set, ' +
        '95% interval −4.4 to +4.4 points): use it.',
    );
  });

  it('does not wave through a loss that the test cannot prove', () => {
    expect(say({ total: 84, lost: 8, gained: 2 })).toMatch(
      /^int8 is .*; it loses 8 and gains 2 of 84 test photos, and this test set cannot tell whether that is chance \(p = 0\.11; .*: compare on more photos before you rely on it\.$/,
    );
  });

  it('says clearly worse, with a way out for int8', () => {
    const sentence = say({ total: 84, lost: 14, gained: 1 });
    expect(sentence).toContain('but clearly worse: it loses 14 and gains 1 of 84 test photos');
    expect(sentence).toContain('p < 0.001');
    expect(sentence).toContain('keep float32, quantize again with more calibration photos');
    expect(say({ total: 84, lost: 14, precision: 'float16' })).toMatch(/keep float32\.$/);
  });

  it('says clearly better', () => {
    expect(say({ total: 84, gained: 9, bothWrong: 3 })).toMatch(/clearly better.*use it\.$/);
  });

  it('says when the test set is too small to say anything', () => {
    expect(fewestPhotos).toBe(35);
    expect(say({ total: 12 })).toMatch(
      /but 12 test photos are too few .*a loss of up to 24\.2 points could hide.*compare on 35 or more\.$/,
    );
    // A proven loss is said even so.
    expect(say({ total: 12, lost: 8 })).toContain('clearly worse');
  });

  it('never calls generated pictures photos', () => {
    const sentence = say({ total: 84, lost: 1, generated: true });
    expect(sentence).toContain('1 of 84 generated test pictures');
    expect(sentence).toMatch(/judge again on photographs of your own\.$/);
  });

  it('words size and speed by what they are', () => {
    expect(say({ total: 84, sizeRatio: 3.9, speedRatio: 0.5 })).toContain(
      'int8 is 3.9× smaller but 2.0× slower;',
    );
    expect(say({ total: 84, sizeRatio: 1, speedRatio: 1.02 })).toMatch(
      /int8 is as large and as fast as float32;.*: nothing is gained by it, keep float32\.$/,
    );
    expect(say({ total: 84, sizeRatio: 12.34, speedRatio: 1 })).toContain(
      '12× smaller and as fast',
    );
  });

  it('calls models by name where the precision does not tell them apart', () => {
    expect(say({ total: 84, precision: 'float32' })).toMatch(/^Lite0 model-2 is/);
  });

  it('names the split', () => {
    expect(say({ total: 84, lost: 1, split: 'validation' })).toContain('84 validation photos');
  });
});

describe('judge', () => {
  it('speaks of a difference exactly where the exact test does', () => {
    const at = (lost: number, gained: number, photos: number) =>
      judge({ lost, gained, pValue: exactMcNemar(lost, gained) }, photos);
    expect(at(5, 0, 400)).toBe('within-chance');
    expect(at(6, 0, 400)).toBe('worse');
    expect(at(0, 6, 400)).toBe('better');
    expect(at(5, 0, 100)).toBe('undecided');
    expect(at(1, 0, 35)).toBe('within-chance');
    expect(at(1, 0, 34)).toBe('too-few');
  });
});
