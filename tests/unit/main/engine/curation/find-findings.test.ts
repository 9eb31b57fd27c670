import { findFindings, type FindingFacts } from '@main/engine/curation/find-findings';
import { createRandom } from '@shared/domain/random';
import { expect, it } from 'vitest';

const classes = 3;

function drawFacts(
  count: number,
  brightnessOf: (label: number, noise: number) => number,
): FindingFacts {
  const random = createRandom(5);
  const noise = () => Float64Array.from({ length: count }, () => random.between(0, 100));
  const labels = Int32Array.from({ length: count }, (_, row) => row % classes);
  return {
    labels,
    width: noise(),
    height: noise(),
    bytes: noise(),
    sharpness: noise(),
    brightness: Float64Array.from(labels, (label) => brightnessOf(label, random.between(0, 60))),
    contrast: noise(),
    camera: Int32Array.from({ length: count }, () => random.index(2)),
    edgeColors: Float64Array.from({ length: count * 12 }, () => random.index(256)),
  };
}

const find = (facts: FindingFacts, joint = new Int32Array(classes * classes)) =>
  findFindings({
    facts,
    classes,
    groups: Int32Array.from(facts.labels, (_, row) => row),
    noise: { joint },
    seed: 1,
  });

it('says nothing where nothing but what is shown differs', () => {
  expect(find(drawFacts(300, (_, noise) => 100 + noise))).toEqual([]);
});

it('finds a label that exposure alone gives away, with the number and its lower bound', () => {
  const findings = find(drawFacts(300, (label, noise) => (label === 1 ? 180 : 60) + noise));
  expect(findings).toHaveLength(1);
  expect(findings[0]).toMatchObject({ kind: 'shortcut', labelIds: [1], attribute: 'exposure' });
  expect(findings[0]?.value).toBeGreaterThan(0.95);
  expect(findings[0]?.atLeast).toBeLessThan(findings[0]?.value ?? 0);
});

it('raises no alarm on a dozen photos', () => {
  const findings = find(drawFacts(33, (label, noise) => (label === 1 ? 180 : 60) + noise));
  expect(findings.filter(({ kind }) => kind === 'shortcut')).toEqual([]);
});

it('names labels with few photos, the imbalance, and labels that are taken for each other', () => {
  const facts = drawFacts(300, (_, noise) => 100 + noise);
  const labels = facts.labels.map((label, row) => (label === 2 && row > 30 ? 0 : label));
  const joint = Int32Array.of(180, 20, 0, 15, 85, 0, 0, 0, 10);
  expect(find({ ...facts, labels }, joint)).toEqual([
    { kind: 'few-photos', labelIds: [2], value: 10, photos: 10 },
    { kind: 'imbalance', labelIds: [0, 2], value: 19, photos: 200 },
    { kind: 'overlap', labelIds: [0, 1], value: 35 / 290, photos: 290 },
  ]);
});
