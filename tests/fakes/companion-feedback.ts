import { createHash } from 'node:crypto';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { companionProtocol } from '@shared/domain/companion-protocol';

/** Whole or not at all, as the protocol asks for. */
export function writeWhole(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  const part = join(dirname(path), `.${basename(path)}.part`);
  writeFileSync(part, content);
  renameSync(part, path);
}

/** What an app says about a photo, with fields of the message to be other than usual. */
export function giveFeedback(
  folder: string,
  number: number,
  photo: Uint8Array,
  change: Record<string, unknown> = {},
): { message: string; photo: string; sha256: string } {
  const sha256 = createHash('sha256').update(photo).digest('hex');
  const file = `feedback/${sha256}.jpg`;
  const message = `feedback/${1000 + number}-${sha256.slice(0, 12)}.json`;
  writeWhole(join(folder, file), photo);
  writeWhole(
    join(folder, message),
    JSON.stringify({
      protocol: companionProtocol,
      photo: { file, sha256 },
      at: '2026-03-04T09:00:00.000Z',
      model: 'a'.repeat(64),
      answered: 'banana',
      probability: 0.87,
      label: 'hat',
      ...change,
    }),
  );
  return { message, photo: file, sha256 };
}
