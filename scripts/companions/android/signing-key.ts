import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runTool } from './run-tool';

export interface SigningKey {
  keystore: string;
  /** A file that holds the password alone. */
  passwordFile: string;
  isNew: boolean;
}

const alias = 'companion';

/**
 * The key that this user's builds of the app are signed with, made when there is none. Phones take an
 * update only when it has the key of the app they have, so it is kept for good.
 */
export async function openSigningKey(folder: string, keytool: string): Promise<SigningKey> {
  const keystore = join(folder, 'companion.p12');
  const passwordFile = join(folder, 'password');
  if (existsSync(keystore)) {
    if ((await readFile(passwordFile, 'utf8').catch(() => '')) === '') {
      throw new Error(
        `The signing key is there, but its password is not: ${passwordFile}\n` +
          'Put it back from a backup. Or remove the folder, and the app from your phones: they take no update with another key.',
      );
    }
    return { keystore, passwordFile, isNew: false };
  }
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(passwordFile, randomBytes(24).toString('hex'), { mode: 0o600 });
  // Whole or not at all: half a keystore would be taken for a key for ever.
  const unfinished = join(folder, `unfinished-${randomBytes(6).toString('hex')}.p12`);
  runTool(keytool, [
    '-genkeypair',
    ...['-keystore', unfinished, '-storetype', 'PKCS12', '-storepass:file', passwordFile],
    ...['-alias', alias, '-keyalg', 'RSA', '-keysize', '3072', '-validity', '18250'],
    ...['-dname', 'CN=Pocketlens companion'],
  ]);
  await rename(unfinished, keystore);
  return { keystore, passwordFile, isNew: true };
}

/** apksigner's options for a key. */
export const signWith = ({ keystore, passwordFile }: SigningKey): string[] => [
  ...['--ks', keystore, '--ks-type', 'PKCS12', '--ks-key-alias', alias],
  ...['--ks-pass', `file:${passwordFile}`],
];
