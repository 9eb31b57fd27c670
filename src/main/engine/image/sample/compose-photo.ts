import sharp from 'sharp';
import type { Random } from '../../../../shared/domain/random';
import { drawBackground } from './background';
import { drawClutter } from './clutter';

const width = 480;
const height = 360;

/** Steps in between are thrown away at once: compressing them would be wasted time. */
const quick = { compressionLevel: 0 };

/**
 * Composes one picture for the sample project: the drawing (an image file's bytes with alpha)
 * sheared, turned, recolored and lit, with its shadow, on a cluttered ground, then blurred,
 * grained, tinted and compressed as a hurried phone photo would be. Returns JPEG bytes. The same
 * `random` state gives the same picture.
 */
export async function composePhoto(drawing: Uint8Array, random: Random): Promise<Buffer> {
  const ground = await drawBackground(random, width, height);
  const clutter = Buffer.from(drawClutter(random, width, height));
  const thing = await poseThing(drawing, random);
  const left = place(random, width, thing.width);
  const top = place(random, height, thing.height);
  const distance = Math.round(random.between(4, 16));

  const scene = await sharp(ground, { raw: { width, height, channels: 3 } })
    .composite([
      { input: clutter },
      { input: thing.shadow, left: left + distance, top: top + distance },
      { input: thing.pixels, left, top },
    ])
    .removeAlpha()
    .raw()
    .toBuffer();
  return develop(scene, random);
}

interface Thing {
  pixels: Buffer;
  shadow: Buffer;
  width: number;
  height: number;
}

async function poseThing(drawing: Uint8Array, random: Random): Promise<Thing> {
  const size = Math.round(random.between(0.42, 0.8) * height);
  const transparent = { r: 0, g: 0, b: 0, alpha: 0 };
  const turned = random.next() < 0.15 ? random.between(-180, 180) : random.between(-40, 40);
  let image = sharp(drawing)
    .resize(size, size, { fit: 'contain', background: transparent })
    .modulate({
      brightness: random.between(0.75, 1.2),
      saturation: random.between(0.55, 1.2),
      hue: Math.round(random.between(-18, 18)),
    });
  if (random.next() < 0.5) image = image.flop();
  const sheared = await image
    .affine(
      [
        [random.between(0.85, 1.1), random.between(-0.22, 0.22)],
        [random.between(-0.22, 0.22), random.between(0.85, 1.1)],
      ],
      { background: transparent },
    )
    .png(quick)
    .toBuffer();
  const rotated = await sharp(sheared)
    .rotate(turned, { background: transparent })
    .png(quick)
    .toBuffer();
  // What stands out of the picture is cut, as it is when a person frames badly.
  const fitted = await sharp(rotated)
    .resize(width, height, { fit: 'inside', withoutEnlargement: true })
    .ensureAlpha()
    .png(quick)
    .toBuffer({ resolveWithObject: true });
  const shadow = await sharp(fitted.data)
    .linear([0, 0, 0, random.between(0.2, 0.5)], [0, 0, 0, 0])
    .blur(random.between(3, 9))
    .png(quick)
    .toBuffer();
  return { pixels: fitted.data, shadow, width: fitted.info.width, height: fitted.info.height };
}

/** Offset of a thing `extent` long on a side `available` long, near the middle, never outside. */
function place(random: Random, available: number, extent: number): number {
  const free = available - extent;
  return Math.round(free * random.between(0.2, 0.8));
}

async function develop(scene: Buffer, random: Random): Promise<Buffer> {
  addGrain(scene, random.between(0, 11), random);
  const cast = () => random.between(0.86, 1.1);
  let photo = sharp(scene, { raw: { width, height, channels: 3 } }).linear(
    [cast(), cast(), cast()],
    [0, 0, 0],
  );
  if (random.next() < 0.5) photo = photo.blur(random.between(0.4, 1.8));
  return photo.jpeg({ quality: Math.round(random.between(45, 92)) }).toBuffer();
}

/** Film grain of standard deviation `strength`. One short run of noise is walked in odd steps. */
function addGrain(scene: Buffer, strength: number, random: Random): void {
  const noise = Float32Array.from({ length: 8191 }, () => random.normal() * strength);
  let at = 0;
  let step = 1;
  for (let i = 0; i < scene.length; i++) {
    at += step;
    if (at >= noise.length) {
      at -= noise.length;
      step = 1 + random.index(64);
    }
    // Buffers wrap around beyond a byte instead of clamping.
    scene[i] = Math.max(0, Math.min(255, (scene[i] ?? 0) + (noise[at] ?? 0)));
  }
}
