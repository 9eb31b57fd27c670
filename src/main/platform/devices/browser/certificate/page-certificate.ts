import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import type { PageCertificateFacts } from '../../../../../shared/domain/companion-page';
import { systemCode } from '../../../explain-disk-error';
import type { Logger } from '../../../logger';
import { saveFile } from '../../../save-file';
import { type MadeCertificate, makeCertificate } from './make-certificate';
import type { OwnNames } from './own-names';

export interface PageCertificate extends MadeCertificate {
  facts: PageCertificateFacts;
}

export interface PageCertificates {
  /**
   * The one that is kept. A new one, with a new root, when it does not name all of `names`, is about to expire,
   * is damaged, or its key could be read by others.
   * @throws AppError 'not-writable', 'no-space'.
   */
  open(names: OwnNames): Promise<PageCertificate>;
}

/** With less left it is made anew: a phone that trusts it should not find it expired in the middle. */
export const renewBeforeMs = 30 * 24 * 60 * 60_000;
/** A laptop that goes between two networks should not make a new one each time. */
const mostAddresses = 12;

export interface PageCertificatesOptions {
  /** Holds key, certificate and root; for this account alone. Made when needed. */
  file: string;
  log: Logger;
  now(): Date;
}

export function createPageCertificates({
  file,
  log,
  now,
}: PageCertificatesOptions): PageCertificates {
  return {
    async open(names) {
      const kept = await readKept(file, log);
      if (kept && !isStale(kept, now()) && covers(kept, names)) return kept;
      const addresses = [...new Set([...names.addresses, ...addressesOf(kept)])];
      const made = makeCertificate(
        {
          ...names,
          addresses: addresses.slice(0, Math.max(mostAddresses, names.addresses.length)),
        },
        now(),
      );
      const text = [made.key, made.certificate, made.root].join('');
      await saveFile(file, Buffer.from(text), { mode: 0o600 });
      return withFacts(made);
    },
  };
}

async function readKept(file: string, log: Logger): Promise<PageCertificate | undefined> {
  try {
    const text = await readFile(file, 'utf8');
    if (!(await isPrivate(file))) {
      log.warn(`Others could read ${file}, the page’s key: another is made`);
      return undefined;
    }
    const blocks = text.match(/-----BEGIN [A-Z ]+-----[^-]+-----END [A-Z ]+-----\n/g) ?? [];
    const [key = '', certificate = '', root = ''] = blocks;
    const leaf = new X509Certificate(certificate);
    const fits =
      leaf.checkPrivateKey(createPrivateKey(key)) &&
      leaf.verify(new X509Certificate(root).publicKey);
    if (fits) return withFacts({ key, certificate, root });
    log.warn(`Key and certificate in ${file} don’t belong together: others are made`);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') log.error('The page’s certificate can’t be read', error);
  }
  return undefined;
}

/** Windows has other rights; there the folder of the account is closed to others. */
async function isPrivate(file: string): Promise<boolean> {
  return process.platform === 'win32' || ((await stat(file)).mode & 0o077) === 0;
}

function withFacts(made: MadeCertificate): PageCertificate {
  const leaf = new X509Certificate(made.certificate);
  const names = [...(leaf.subjectAltName ?? '').matchAll(/(?:IP Address|DNS):([^,]+)/g)];
  return {
    ...made,
    facts: {
      sha256: leaf.fingerprint256,
      rootSha256: new X509Certificate(made.root).fingerprint256,
      names: names.map(([, name = '']) => name),
      validFrom: new Date(leaf.validFrom).toISOString(),
      expiresAt: new Date(leaf.validTo).toISOString(),
    },
  };
}

const isStale = ({ facts }: PageCertificate, now: Date) =>
  Date.parse(facts.expiresAt) - now.getTime() < renewBeforeMs ||
  Date.parse(facts.validFrom) > now.getTime();

const covers = ({ facts }: PageCertificate, { addresses, localName }: OwnNames) =>
  [...addresses, ...(localName === undefined ? [] : [localName])].every((name) =>
    facts.names.includes(name),
  );

const addressesOf = (kept: PageCertificate | undefined) =>
  (kept?.facts.names ?? []).filter((name) => /^[\d.]+$/.test(name));
