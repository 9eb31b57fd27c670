import type { IncomingMessage } from 'node:http';
import { AppError } from '../../../../shared/api/errors';
import { accessMs, type PairedPhones, type PhoneRecord } from './paired-phones';

/**
 * Who may speak to the companion page's server. It has a port, secrets and a cookie of its own; the
 * studio's own server (host/web/access.ts) knows none of them, and the other way round.
 */
export interface PageAccess {
  /** @throws AppError 'forbidden' for a Host header that is not this server. */
  checkHost(request: IncomingMessage): void;
  /** @throws AppError 'forbidden' when a page of another origin is behind the request. */
  checkOrigin(request: IncomingMessage, options: { required: boolean }): void;
  /** @throws AppError 'forbidden' without the cookie of a phone that is paired. */
  phoneBehind(request: IncomingMessage): PhoneRecord;
  cookie(secret: string): string;
}

export interface PageAccessOptions {
  scheme: 'http' | 'https';
  port: number;
  /** Names and addresses by which this computer may be called, besides localhost. */
  addresses(): readonly string[];
  phones: Pick<PairedPhones, 'phoneOf'>;
}

export function createPageAccess({
  scheme,
  port,
  addresses,
  phones,
}: PageAccessOptions): PageAccess {
  const isSecure = scheme === 'https';
  // With this prefix browsers take it from this very host by TLS only: a page without TLS can't put one in its place.
  const cookieName = `${isSecure ? '__Host-' : ''}pocketlens-page-${port}`;
  return {
    checkHost({ headers }) {
      const hosts = ['127.0.0.1', 'localhost', ...addresses()].map((name) => `${name}:${port}`);
      if (!hosts.includes(headers.host ?? '')) throw refuse('It was sent to another name.');
    },
    checkOrigin({ headers }, { required }) {
      const { origin, host } = headers;
      const site = headers['sec-fetch-site'];
      const isForeign = origin === undefined ? required : origin !== `${scheme}://${host}`;
      if (isForeign || (site !== undefined && site !== 'same-origin' && site !== 'none')) {
        throw refuse('It comes from another page.');
      }
    },
    phoneBehind({ headers }) {
      const cookies = (headers.cookie ?? '').split(/;\s*/);
      const own = cookies.find((cookie) => cookie.startsWith(`${cookieName}=`));
      const phone = own && phones.phoneOf(own.slice(cookieName.length + 1));
      if (phone) return phone;
      throw refuse('This phone is not paired, or not any more.');
    },
    cookie: (secret) =>
      [
        `${cookieName}=${secret}; Path=/; HttpOnly`,
        ...(isSecure ? ['Secure'] : []),
        `SameSite=Strict; Max-Age=${accessMs / 1000}`,
      ].join('; '),
  };
}

const refuse = (reason: string) =>
  new AppError(
    'forbidden',
    `This request was refused. ${reason}`,
    'Show a new code on the Deploy page of Pocketlens Studio, and scan that.',
  );
