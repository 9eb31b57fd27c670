import { inspectPhoto } from '@main/engine/image/inspect-photo';
import { renderPhoto } from '@main/engine/image/render-photo';
import { photoFactsSchema } from '@shared/domain/photo';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { drawPhoto } from '../../../../fixtures/make-photos';
import { testRecipe } from '../../../../fixtures/pixel-recipe';

describe('inspectPhoto', () => {
  it('tells the facts and makes a thumbnail of at most 320 pixels', async () => {
    const bytes = await drawPhoto('facts', { width: 900, height: 1200 });
    const { facts, thumbnail, input } = await inspectPhoto(bytes, testRecipe);
    expect(photoFactsSchema.parse(facts)).toEqual(facts);
    expect(facts).toMatchObject({ format: 'jpeg', width: 900, height: 1200 });
    expect(await sharp(thumbnail).metadata()).toMatchObject({
      format: 'jpeg',
      width: 240,
      height: 320,
    });
    expect(input.length).toBe(32 * 32 * 3);
  });

  it('reads date and camera from EXIF, in any image that carries it', async () => {
    const bytes = await sharp(await drawPhoto('exif'))
      .withExif({
        IFD0: { Make: 'Pocket', Model: 'Lens 3' },
        IFD2: { DateTimeOriginal: '2024:02:29 23:59:58' },
      })
      .jpeg()
      .toBuffer();
    const { facts } = await inspectPhoto(bytes, testRecipe);
    expect(facts).toMatchObject({ takenAt: '2024-02-29T23:59:58', camera: 'Pocket Lens 3' });
  });

  it('does not repeat a maker that the model names', async () => {
    const bytes = await sharp(await drawPhoto('maker'))
      .withExif({ IFD0: { Make: 'Canon', Model: 'Canon EOS R5' } })
      .jpeg()
      .toBuffer();
    expect((await inspectPhoto(bytes, testRecipe)).facts.camera).toBe('Canon EOS R5');
  });

  it('takes a photo whose EXIF is nonsense', async () => {
    const photo = await drawPhoto('nonsense');
    const exif = Buffer.from('Exif\0\0II*\0\xff\xff\xff\xff nonsense', 'latin1');
    const segment = Buffer.alloc(4);
    segment.writeUInt16BE(0xffe1, 0);
    segment.writeUInt16BE(exif.length + 2, 2);
    const bytes = Buffer.concat([photo.subarray(0, 2), segment, exif, photo.subarray(2)]);
    const { facts } = await inspectPhoto(bytes, testRecipe);
    expect([facts.takenAt, facts.camera]).toEqual([undefined, undefined]);
  });

  it('refuses what is no photo', async () => {
    await expect(inspectPhoto(Buffer.from('words'), testRecipe)).rejects.toMatchObject({
      reason: 'not-an-image',
    });
  });
});

describe('renderPhoto', () => {
  it('makes a JPEG of at most the asked size, upright', async () => {
    const lying = await sharp(await drawPhoto('screen', { width: 1200, height: 800 }))
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    expect(await sharp(await renderPhoto(lying, 600)).metadata()).toMatchObject({
      format: 'jpeg',
      width: 400,
      height: 600,
    });
  });

  it('never enlarges', async () => {
    const jpeg = await renderPhoto(await drawPhoto('small'), 2000);
    expect(await sharp(jpeg).metadata()).toMatchObject({ width: 320, height: 240 });
  });
});
