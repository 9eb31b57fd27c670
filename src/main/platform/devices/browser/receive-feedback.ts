import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../../../shared/api/errors';
import {
  companionFeedbackSchema,
  readCompanionMessage,
} from '../../../../shared/domain/companion-protocol';
import { readBody, readBytes } from '../../http/read-body';
import { saveFile } from '../../save-file';
import { openServedFile } from '../../served-files';

/** A camera's JPEG has half of it; the protocol's 32 MiB are for files on a phone. */
export const largestPhotoBytes = 8 << 20;
/** By the protocol. */
const largestMessageBytes = 64 << 10;
/** Messages of a phone that no project has taken yet, and as many photos. */
export const mostWaiting = 200;
/** A photo whose message has not come by then was given up by its page. */
const patienceMs = 10 * 60_000;

/**
 * Takes a JPEG into a phone's folder, for the message about it that follows. The same photo twice is one.
 * @param sha256 what the page says its hash is.
 * @throws AppError 'hash-mismatch', 'photo-unreadable', 'upload-refused', 'too-many'.
 */
export async function receivePhoto(
  folder: string,
  sha256: string,
  request: IncomingMessage,
): Promise<void> {
  await requireRoom(folder, '.jpg', `${sha256}.jpg`);
  const photo = await readBytes(request, largestPhotoBytes);
  if (!isJpeg(photo)) throw new AppError('photo-unreadable', 'Only JPEG photos are taken.');
  if (createHash('sha256').update(photo).digest('hex') !== sha256) {
    throw new AppError('hash-mismatch', 'The photo arrived with other bytes than were announced.');
  }
  await saveFile(join(folder, 'feedback', `${sha256}.jpg`), photo);
}

/**
 * Takes what a person said about a photo that is there. Sent again, it takes its own place.
 * @throws AppError 'bad-request', 'not-ready' without its photo, 'upload-refused', 'too-many'.
 */
export async function receiveFeedback(folder: string, request: IncomingMessage): Promise<void> {
  const text = await readBody(request, largestMessageBytes);
  const reading = readCompanionMessage(companionFeedbackSchema, text);
  if (reading.problem !== undefined) {
    throw new AppError('bad-request', 'This is no message of the companion protocol.');
  }
  const { photo, at } = reading.message;
  if (photo.file !== `feedback/${photo.sha256}.jpg`) {
    throw new AppError('bad-request', 'A photo is named by its hash.');
  }
  if (!(await openServedFile(join(folder, photo.file)))) {
    throw new AppError('not-ready', 'The photo is not there.', 'Send it before its message.');
  }
  // By time, as the studio reads them, and by the photo.
  const name = `${Date.parse(at)}-${photo.sha256.slice(0, hashInName)}.json`;
  await requireRoom(folder, '.json', name);
  await saveFile(join(folder, 'feedback', name), Buffer.from(text));
}

const hashInName = 12;
const isJpeg = (bytes: Uint8Array) =>
  bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff && bytes.length > 100;

/** What is there already may come again, however many there are. */
async function requireRoom(folder: string, ending: string, name: string): Promise<void> {
  const waiting = async () => {
    const names = await readdir(join(folder, 'feedback')).catch(() => []);
    return names.filter((each) => each.endsWith(ending));
  };
  if ((await waiting()).length < mostWaiting || (await waiting()).includes(name)) return;
  await removeGivenUp(join(folder, 'feedback'));
  if ((await waiting()).length < mostWaiting) return;
  throw new AppError(
    'too-many',
    `${mostWaiting} photos of this phone wait for the studio already.`,
    'Open the project in Pocketlens Studio that pushed the model: it takes them.',
  );
}

/** Photos that no message is about. */
async function removeGivenUp(folder: string): Promise<void> {
  const names = await readdir(folder);
  const messages = names.filter((name) => name.endsWith('.json'));
  for (const name of names.filter((each) => each.endsWith('.jpg'))) {
    const end = `-${name.slice(0, hashInName)}.json`;
    if (messages.some((message) => message.endsWith(end))) continue;
    const { mtimeMs } = await stat(join(folder, name));
    if (Date.now() - mtimeMs > patienceMs) await rm(join(folder, name), { force: true });
  }
}
