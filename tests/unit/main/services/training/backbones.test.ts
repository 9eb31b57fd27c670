import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createBackbones } from '@main/services/training/backbones';
import { writeSmallBackbone } from '../../../../fixtures/small-backbone';
import { temporaryFolder } from '../../../../fixtures/temporary-folder';

function setUp(seeds: readonly number[]) {
  const resources = temporaryFolder();
  const folder = join(resources, 'backbones');
  mkdirSync(folder);
  const written = seeds.map((seed) => {
    const { backbone } = writeSmallBackbone(folder, seed);
    writeFileSync(join(folder, `${backbone.name}.json`), JSON.stringify({ ...backbone, more: 1 }));
    return backbone;
  });
  return { resources, folder, written };
}

describe('createBackbones', () => {
  it('knows what lies in the folder, and where', () => {
    const { resources, folder, written } = setUp([5, 6]);
    const backbones = createBackbones(resources);
    expect(backbones.list()).toEqual(written);
    const second = backbones.get('small-6');
    expect(second).toEqual(written[1]);
    expect(backbones.file(second)).toBe(join(folder, 'small-6.tflite'));
  });

  it('names those that exist when asked for another', () => {
    expect(() => createBackbones(setUp([5, 6]).resources).get('huge')).toThrow(
      expect.objectContaining({ code: 'not-found', remedy: 'Choose one of small-5, small-6.' }),
    );
  });

  it.each([
    ['facts', 'small-5.json', '{"name": "small-5"', /small-5\.json is not what it should be/],
    ['model', 'small-5.tflite', 'short', /small-5\.tflite has 5 bytes instead of \d+/],
  ])('leaves out a backbone with damaged %s and says what is wrong', (_, name, text, message) => {
    const { resources, folder } = setUp([5, 6]);
    writeFileSync(join(folder, name), text);
    const backbones = createBackbones(resources);
    expect(backbones.list().map((backbone) => backbone.name)).toEqual(['small-6']);
    expect(() => backbones.get('small-5')).toThrow(message);
  });

  it('has none without a folder', () => {
    const backbones = createBackbones(temporaryFolder());
    expect(backbones.list()).toEqual([]);
    expect(() => backbones.get('small-5')).toThrow(/There is no backbone small-5/);
  });
});
