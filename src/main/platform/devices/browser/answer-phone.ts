import { X509Certificate } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { AppError } from '../../../../shared/api/errors';
import {
  companionResultSchema,
  companionStatusSchema,
  readCompanionMessage,
} from '../../../../shared/domain/companion-protocol';
import type { DeviceId } from '../../../../shared/domain/device';
import type { BuiltFiles } from '../../http/built-files';
import { readBody } from '../../http/read-body';
import { type Answer, answerJson } from '../../http/respond';
import { saveFile } from '../../save-file';
import { openServedFile } from '../../served-files';
import type { EventStreams } from './event-streams';
import type { PageAccess } from './page-access';
import { pageHeaders } from './page-files';
import type { PairedPhones } from './paired-phones';
import type { RateLimit } from './rate-limit';
import { receiveFeedback, receivePhoto } from './receive-feedback';

export interface PhoneContext {
  access: PageAccess;
  page: BuiltFiles;
  /** As PEM, where this server is encrypted: what people may have their phone trust. */
  rootCertificate?(): string;
  phones: PairedPhones;
  streams: EventStreams;
  /** A phone's folder of the companion protocol, on this computer. */
  folderOf(phone: DeviceId): string;
  limits: { pairing: RateLimit; reading: RateLimit; sending: RateLimit };
  onPaired(): void;
  /** A correction is in the phone's folder, with its photo. */
  onFeedback(phone: DeviceId): void;
}

/** What a phone may read of its folder. */
const readable =
  /^(manifest\.json|[0-9a-f]{64}\.(tflite|json)|(golden|photos)\/[0-9a-f]{64}\.[a-z0-9]{1,5}|(requests|checks)\/[\w-]{1,80}\.json)$/;
/** Files that are named by their hash never change; test photos must not stay on a phone nevertheless. */
const isForever = (name: string) =>
  !name.startsWith('photos/') && /[0-9a-f]{64}\.(?!json$)[a-z0-9]+$/.test(name);

/** Answers to some hundred photos with a thousand labels each are far below this. */
const maximumResultBytes = 4 << 20;
const maximumMessageBytes = 16 << 10;

const pairingSchema = z.object({
  token: z.string().max(100),
  name: z
    .string()
    .transform((name) => name.replace(/[^\p{L}\p{N} .,()’'_-]/gu, '').trim())
    .pipe(z.string().min(1).max(60)),
});

/** Everything that a phone is answered, in the order in which it is checked. */
export async function answerPhone(
  context: PhoneContext,
  request: IncomingMessage,
): Promise<Answer> {
  const answer = await route(context, request);
  return { ...answer, headers: { ...pageHeaders, ...answer.headers } };
}

async function route(context: PhoneContext, request: IncomingMessage): Promise<Answer> {
  const { access, page, phones, limits, streams } = context;
  const reading = request.method === 'GET' || request.method === 'HEAD';
  access.checkHost(request);
  const path = request.url?.split('?')[0] ?? '';
  if (reading) {
    const file = await page.answer(path);
    // Only the page itself may be come to from elsewhere, by a link.
    if (path !== '/') access.checkOrigin(request, { required: false });
    if (file) return file;
    if (path === '/pocketlens-page.cer' && context.rootCertificate) {
      return answerCertificate(context.rootCertificate());
    }
  }
  access.checkOrigin(request, { required: !reading });

  if (request.method === 'POST' && path === '/pair') {
    limits.pairing.take(request.socket.remoteAddress ?? '');
    const asked = pairingSchema.safeParse(await readJson(request));
    if (!asked.success) throw new AppError('bad-request', 'This is no pairing.');
    const { phone, secret } = await phones.pair(asked.data.token, asked.data.name);
    context.onPaired();
    const answer = answerJson(201, { name: phone.name, expiresAt: phone.expiresAt });
    return { ...answer, headers: { ...answer.headers, 'set-cookie': access.cookie(secret) } };
  }

  const phone = access.phoneBehind(request);
  if (reading) {
    limits.reading.take(phone.id);
    if (path === '/paired') return answerJson(200, { name: phone.name });
    if (path === '/events') {
      const headers = { 'content-type': 'text/event-stream', 'cache-control': 'no-store' };
      return { status: 200, headers, body: streams.open(phone.id) };
    }
    return (await answerFile(context.folderOf(phone.id), path)) ?? nothingHere();
  }
  if (request.method !== 'POST') return nothingHere();
  limits.sending.take(phone.id);
  const folder = context.folderOf(phone.id);
  if (path === '/feedback') {
    await receiveFeedback(folder, request);
    context.onFeedback(phone.id);
    return { status: 204 };
  }
  const photo = /^\/feedback\/([0-9a-f]{64})\.jpg$/.exec(path)?.[1];
  if (photo === undefined) await receive(folder, path, request);
  else await receivePhoto(folder, photo, request);
  return { status: 204 };
}

/** By this type an iPhone asks whether to install it; others keep it as a file, by the name in its address. */
function answerCertificate(pem: string): Answer {
  const { raw } = new X509Certificate(pem);
  return {
    status: 200,
    headers: {
      'content-type': 'application/x-x509-ca-cert',
      'content-length': String(raw.length),
    },
    body: Readable.from([raw], { objectMode: false }),
  };
}

async function answerFile(folder: string, path: string): Promise<Answer | undefined> {
  const name = path.replace(/^\/files\//, '');
  if (name === path || !readable.test(name)) return undefined;
  const file = await openServedFile(join(folder, ...name.split('/')));
  if (!file) return undefined;
  return {
    status: 200,
    headers: {
      'content-type': name.endsWith('.json') ? 'application/json' : 'application/octet-stream',
      'content-length': String(file.size),
      'cache-control': isForever(name) ? 'private, max-age=31536000, immutable' : 'no-store',
    },
    body: file.read(),
  };
}

/** Takes a phone's message into its folder, where a push looks for it. */
async function receive(folder: string, path: string, request: IncomingMessage): Promise<void> {
  if (path === '/status') {
    const text = await readBody(request, maximumMessageBytes);
    requireMessage(companionStatusSchema, text);
    return saveFile(join(folder, 'status.json'), Buffer.from(text));
  }
  const id = /^\/results\/([\w-]{1,80})$/.exec(path)?.[1];
  if (id === undefined) nothingHere();
  // Only what was asked is answered.
  if (!(await openServedFile(join(folder, 'requests', `${id}.json`)))) nothingHere();
  const text = await readBody(request, maximumResultBytes);
  const result = requireMessage(companionResultSchema, text);
  if (result.id !== id) throw new AppError('bad-request', 'These answers are to something else.');
  return saveFile(join(folder, 'results', `${id}.json`), Buffer.from(text));
}

function requireMessage<Schema extends z.ZodType>(schema: Schema, text: string): z.output<Schema> {
  const reading = readCompanionMessage(schema, text);
  if (reading.problem === undefined) return reading.message;
  throw new AppError('bad-request', 'This is no message of the companion protocol.');
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const text = await readBody(request, maximumMessageBytes);
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function nothingHere(): never {
  throw new AppError('not-found', 'There is nothing at this address.');
}
