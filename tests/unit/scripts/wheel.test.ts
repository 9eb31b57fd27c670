import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { unpackWheel } from '../../../scripts/lib/wheel';
import { temporaryFolder } from '../../fixtures/temporary-folder';

it('takes the asked files out of a wheel and no others', async () => {
  const folder = temporaryFolder();
  const wheel = join(folder, 'thing-1.whl');
  writeFileSync(
    wheel,
    zipSync({
      'thing/libthing.so': strToU8('library'),
      'thing/more/big.bin': strToU8('left alone'),
      'thing.dist-info/LICENSE': strToU8('license'),
    }),
  );
  const out = join(folder, 'out');
  const written = await unpackWheel(wheel, (name) => {
    if (name.endsWith('.so')) return join(out, 'lib', 'libthing.so');
    return name.endsWith('LICENSE') ? join(out, 'LICENSE') : undefined;
  });
  expect(written).toEqual(['thing/libthing.so', 'thing.dist-info/LICENSE']);
  expect(readdirSync(out, { recursive: true }).sort()).toEqual([
    'LICENSE',
    'lib',
    join('lib', 'libthing.so'),
  ]);
  expect(readFileSync(join(out, 'lib', 'libthing.so'), 'utf8')).toBe('library');
});

it('refuses a damaged wheel', async () => {
  const wheel = join(temporaryFolder(), 'thing-1.whl');
  writeFileSync(wheel, 'no zip');
  await expect(unpackWheel(wheel, () => undefined)).rejects.toThrow();
});
