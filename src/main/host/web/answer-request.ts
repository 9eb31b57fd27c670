import type { IncomingMessage } from 'node:http';
import { AppError } from '../../../shared/api/errors';
import type { StudioApp } from '../../app/studio-app';
import { answerMedia } from '../answer-media';
import { interfacePolicy } from '../content-security';
import type { Access } from './access';
import { readBody } from '../../platform/http/read-body';
import { enterPage, enterScript } from './enter-page';
import type { Answer } from '../../platform/http/respond';
import type { StaticFiles } from './static-files';
import { answerUpload } from './uploads';

export interface WebContext {
  app: StudioApp;
  access: Access;
  files: StaticFiles;
  maximumUploadBytes: number;
}

/** A link's secret is 43 characters. */
const maximumSignInBytes = 1024;

/** Everything this host answers, in the order in which it is checked. */
export async function answerRequest(
  { app, access, files, maximumUploadBytes }: WebContext,
  request: IncomingMessage,
): Promise<Answer> {
  const reading = request.method === 'GET' || request.method === 'HEAD';
  access.checkHost(request);
  const raw = request.url ?? '';
  // As sent: the URL class below would quietly resolve `..` and make another address of it.
  const [rawPath = '', query = ''] = raw.split('?', 2);
  if (!raw.startsWith('/') || raw.startsWith('//') || /[\\\0]|(^|\/)\.\.?(\/|$)/.test(rawPath)) {
    throw new AppError('bad-request', 'This is not an address of Pocketlens Studio.');
  }
  const host = request.headers.host ?? '';
  const target = new URL(raw, `http://${host}`);

  if (reading && rawPath === '/enter') return answerEnter('text/html', enterPage);
  if (reading && rawPath === '/enter.js') return answerEnter('text/javascript', enterScript);
  if (reading && rawPath === '/' && !access.isSignedIn(request)) {
    return { status: 303, headers: { location: '/enter' } };
  }
  // A page may come from anywhere by a link; all the rest is asked for by our own page.
  if (rawPath !== '/') access.checkOrigin(request, { required: !reading });

  if (rawPath === '/session' && request.method === 'POST') {
    const cookie = access.signIn(await readToken(request));
    return { status: 204, headers: { 'set-cookie': cookie } };
  }
  access.checkSignedIn(request);
  if (rawPath === '/session' && reading) return { status: 204 };

  const answer =
    (reading && (await answerReading())) ||
    (await answerUpload(app.staging, request, target, maximumUploadBytes));
  if (!answer) throw new AppError('not-found', 'There is nothing at this address.');
  return answer;

  async function answerReading(): Promise<Answer | undefined> {
    if (!rawPath.startsWith('/media/')) return files.answer(rawPath, host);
    return answerMedia(app, {
      path: rawPath.slice('/media/'.length),
      versioned: new URLSearchParams(query).has('v'),
      range: request.headers.range,
      ifNoneMatch: request.headers['if-none-match'],
    });
  }
}

function answerEnter(type: string, body: string): Answer {
  return {
    status: 200,
    headers: {
      'content-type': `${type}; charset=utf-8`,
      'content-security-policy': interfacePolicy({}),
    },
    body,
  };
}

async function readToken(request: IncomingMessage): Promise<unknown> {
  const text = await readBody(request, maximumSignInBytes);
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null && 'token' in body ? body.token : undefined;
  } catch {
    throw new AppError('bad-request', 'This is no sign-in.');
  }
}
