import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { AppError } from '../../../shared/api/errors';

/**
 * Who may speak to the web host. Being on loopback is no protection by itself: every page in every
 * browser on this machine can send requests to it, and any program of any local user too.
 *
 * - The link carries a secret in its fragment, which browsers never send and never pass on as
 *   referrer. `/enter` posts it to `/session`, gets a cookie, and replaces itself in the history,
 *   so that the secret stays in no address bar, log or server.
 * - The cookie is another secret: HttpOnly, SameSite=Strict. Cookies do not tell ports apart, so
 *   its name holds the port, and a page on another port of this machine, which would send the
 *   cookie, is refused by Origin and Sec-Fetch-Site.
 * - The Host header must be ours: a name that was rebound to 127.0.0.1 is refused.
 */
export interface Access {
  /** What the person opens. */
  readonly link: string;
  /** @throws AppError 'forbidden' for a Host header that is not this server. */
  checkHost(request: IncomingMessage): void;
  /** @throws AppError 'forbidden' when a page of another origin is behind the request. */
  checkOrigin(request: IncomingMessage, options: { required: boolean }): void;
  isSignedIn(request: IncomingMessage): boolean;
  /** @throws AppError 'forbidden' without the cookie of `/session`. */
  checkSignedIn(request: IncomingMessage): void;
  /**
   * The Set-Cookie value for whoever holds the link's secret.
   * @throws AppError 'forbidden'.
   */
  signIn(token: unknown): string;
}

export function createAccess(port: number): Access {
  const token = randomBytes(32).toString('base64url');
  const session = randomBytes(32).toString('base64url');
  const cookieName = `pocketlens-${port}`;
  const hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`]);

  function isSignedIn(request: IncomingMessage): boolean {
    const cookies = (request.headers.cookie ?? '').split(/;\s*/);
    const own = cookies.find((cookie) => cookie.startsWith(`${cookieName}=`));
    return own !== undefined && isEqual(own.slice(cookieName.length + 1), session);
  }

  return {
    link: `http://127.0.0.1:${port}/enter#token=${token}`,
    checkHost(request) {
      if (!hosts.has(request.headers.host ?? '')) throw refuse('It was sent to another name.');
    },
    checkOrigin(request, { required }) {
      const { origin, host } = request.headers;
      const site = request.headers['sec-fetch-site'];
      if (origin === undefined ? required : origin !== `http://${host}`) {
        throw refuse('It comes from another page.');
      }
      if (site !== undefined && site !== 'same-origin' && site !== 'none') {
        throw refuse('It comes from another page.');
      }
    },
    isSignedIn,
    checkSignedIn(request) {
      if (!isSignedIn(request)) throw refuse('It does not carry the secret of the link.');
    },
    signIn(given) {
      if (typeof given !== 'string' || !isEqual(given, token)) {
        throw refuse('The secret in the link is not this one’s.');
      }
      return `${cookieName}=${session}; Path=/; HttpOnly; SameSite=Strict`;
    },
  };
}

/** Takes the same time however much of the secret was guessed, and tells no length. */
function isEqual(given: string, secret: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(secret));
}

const refuse = (reason: string) =>
  new AppError(
    'forbidden',
    `This request was refused. ${reason}`,
    'Open the link that Pocketlens Studio printed when it started.',
  );
