import { protocol } from 'electron';
import { AppError, toShape } from '../../../shared/api/errors';
import { bridgeMediaPrefix } from '../../../shared/api/electron-bridge';
import type { StudioApp } from '../../app/studio-app';
import type { Logger } from '../../platform/logger';
import { listFilesBelow, openServedFile } from '../../platform/served-files';
import { answerMedia } from '../answer-media';
import { commonHeaders } from '../../platform/http/common-headers';
import { contentType } from '../../platform/http/content-type';
import { interfacePolicy } from '../content-security';
import { toResponse } from './to-response';

const scheme = 'pocketlens';
/** The page's address. Its own scheme: `file://` would let it read the disk. */
export const studioPage = `${scheme}://studio/index.html`;

/** Whether an address is a page of ours. Node's URL gives custom schemes no origin to compare. */
export function isStudioPage(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol: own, host } = new URL(address);
  return own === `${scheme}:` && host === 'studio';
}

/** Whether an address is a photo, model or report. */
export const isMedia = (address: string): boolean => address.startsWith(bridgeMediaPrefix);

/** Before the app is ready: afterwards Electron ignores it. */
export function registerStudioScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme,
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true },
    },
  ]);
}

/** Serves `pocketlens://studio/` from the built interface and `pocketlens://media/` from the app. */
export async function serveStudioScheme(
  app: Pick<StudioApp, 'media'>,
  rendererFolder: string,
  log: Logger,
): Promise<void> {
  const files = await listFilesBelow(rendererFolder);

  async function answer(request: Request): Promise<Response> {
    const url = new URL(request.url);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      throw new AppError('bad-request', 'This is not an address to send to.');
    }
    if (url.host === 'media') {
      return toResponse(
        await answerMedia(app, {
          path: url.pathname.slice(1),
          versioned: url.searchParams.has('v'),
          range: request.headers.get('range') ?? undefined,
          ifNoneMatch: request.headers.get('if-none-match') ?? undefined,
        }),
      );
    }
    const name = url.pathname === '/' ? 'index.html' : url.pathname.slice(1);
    const path = url.host === 'studio' ? files.get(name) : undefined;
    const file = path === undefined ? undefined : await openServedFile(path);
    if (!file) throw new AppError('not-found', 'There is nothing at this address.');
    return toResponse({
      status: 200,
      headers: {
        ...commonHeaders,
        'content-type': contentType(name),
        'content-length': String(file.size),
        'content-security-policy': interfacePolicy({ images: [bridgeMediaPrefix] }),
      },
      body: file.read(),
    });
  }

  protocol.handle(scheme, async (request) => {
    try {
      return await answer(request);
    } catch (error) {
      if (!(error instanceof AppError)) log.error(`${request.url} failed`, error);
      const status = error instanceof AppError ? statusOf(error) : 500;
      return Response.json(toShape(error), { status, headers: commonHeaders });
    }
  });
}

const statusOf = ({ code }: AppError): number => (code === 'not-found' ? 404 : 400);
