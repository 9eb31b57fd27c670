import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { connect as connectPlainly } from 'node:net';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { ask, hash, openPhonePage, type PhonePage, rootOf, status } from '../fixtures/phone-page';
import { temporaryFolder } from '../fixtures/temporary-folder';

/** Resolves with the problem that a client which trusts `root` has with the page, if any. */
function greet(
  { port }: PhonePage,
  { root, name }: { root: string | undefined; name: string },
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const isAddress = /^[\d.]+$/.test(name);
    const socket = connect({
      ...{ port, ca: root, host: '127.0.0.1' },
      ...(isAddress ? {} : { servername: name }),
    });
    socket.once('secureConnect', () => {
      socket.end();
      resolve(undefined);
    });
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code));
  });
}

describe('the page over HTTPS', () => {
  it('answers whoever trusts its root, by address and by name, and nobody else is told it is that', async () => {
    const page = await openPhonePage({ https: true });
    expect(await greet(page, { root: page.root, name: '127.0.0.1' })).toBeUndefined();
    expect(await greet(page, { root: page.root, name: 'studio.local' })).toBeUndefined();
    expect(await greet(page, { root: page.root, name: 'studio.example' })).toBe(
      'ERR_TLS_CERT_ALTNAME_INVALID',
    );
    expect(await greet(page, { root: undefined, name: '127.0.0.1' })).toBe(
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    );
  });

  it('hands a phone what was pushed to it, with a cookie that never goes unencrypted, and without HSTS', async () => {
    const page = await openPhonePage({ https: true });
    const model = await page.get(`/files/${hash}.tflite`);
    expect(model.body).toBe('a model');
    expect((await page.post('/status', JSON.stringify(status))).status).toBe(204);
    const { headers } = await page.pair(await page.tokenOf());
    expect(String(headers['set-cookie'])).toMatch(
      /^__Host-pocketlens-page-\d+=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict; Max-Age=2592000$/,
    );
    // An address that is another computer's tomorrow must not be bound to TLS for months.
    const start = await page.get('/');
    for (const answer of [model, start, await page.get('/nothing')]) {
      expect(answer.headers).not.toHaveProperty('strict-transport-security');
    }
    // Both together are what threads need.
    for (const answer of [model, start]) {
      expect(answer.headers['cross-origin-opener-policy']).toBe('same-origin');
      expect(answer.headers['cross-origin-embedder-policy']).toBe('require-corp');
    }
  });

  it('is told in its links and facts, while cables go on without', async () => {
    const { phones, folder } = await openPhonePage({ https: true });
    const { https, port, wifi } = phones.state();
    expect(wifi).toBe(true);
    const { wifiLinks, cableLink } = await phones.offer();
    expect(wifiLinks.map((link) => new URL(link).origin)).toEqual([
      `https://127.0.0.1:${https?.port}`,
      `https://studio.local:${https?.port}`,
    ]);
    expect(new URL(cableLink).origin).toBe(`http://localhost:${port}`);
    const local = await ask(port ?? 0, { path: '/', headers: { host: `localhost:${port}` } });
    expect(local.status).toBe(200);
    // By the network only the encrypted one is to be had.
    const byName = { host: `studio.local:${port}` };
    expect((await ask(port ?? 0, { path: '/', headers: byName })).status).toBe(403);
    const { certificate } = https ?? {};
    expect(certificate?.names).toEqual(['127.0.0.1', 'studio.local']);
    expect(certificate?.rootSha256).toBe(new X509Certificate(rootOf(folder)).fingerprint256);
    const pem = readFileSync(join(folder, 'phones', 'certificate.pem'));
    expect(certificate?.sha256).toBe(new X509Certificate(pem).fingerprint256);
  });

  it('offers its root to be trusted, and never its key', async () => {
    const page = await openPhonePage({ https: true });
    const answer = await page.get('/pocketlens-page.cer', {});
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('application/x-x509-ca-cert');
    expect(Number(answer.headers['content-length'])).toBe(
      new X509Certificate(page.root ?? '').raw.length,
    );
    const plain = await openPhonePage();
    expect((await plain.get('/pocketlens-page.cer')).status).toBe(404);
    if (process.platform !== 'win32') {
      const file = join(page.folder, 'phones', 'certificate.pem');
      expect(statSync(file).mode & 0o777).toBe(0o600);
    }
    expect(existsSync(join(plain.folder, 'phones', 'certificate.pem'))).toBe(false);
  });

  it('outlives those who speak no TLS to it, or begin and say no more', async () => {
    const page = await openPhonePage({ https: true });
    await expect(
      ask(page.port, { path: '/', headers: { host: `127.0.0.1:${page.port}` } }),
    ).rejects.toMatchObject({ code: expect.stringMatching(/^(ECONNRESET|HPE_)/) });
    const silent = connectPlainly({ port: page.port, host: '127.0.0.1' });
    silent.on('error', () => undefined);
    await new Promise((resolve) => silent.once('connect', resolve));
    expect((await page.get('/')).status).toBe(200);
    const closed = new Promise((resolve) => silent.once('close', resolve));
    // Must not wait for it.
    await page.phones.turnOff();
    await closed;
  });

  it('is switched on and off while the page runs', async () => {
    const page = await openPhonePage({ https: true });
    const { certificate } = page.phones.state().https ?? {};
    await page.phones.turnOn({ wifi: true, https: false });
    expect(page.phones.state().https).toBeUndefined();
    const [link = ''] = (await page.phones.offer()).wifiLinks;
    expect(link).toMatch(/^http:\/\/127\.0\.0\.1:/);
    await page.phones.turnOn({ wifi: true, https: true });
    // Phones that trust it, or were told to go on, need not be asked again.
    expect(page.phones.state().https?.certificate).toEqual(certificate);
  });

  it('renews its certificate while it is on, before it expires', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    const page = await openPhonePage({ https: true });
    const told = vi.fn();
    page.phones.onChange(told);
    const sha256 = () => page.phones.state().https?.certificate.sha256;
    const before = sha256();
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(told).not.toHaveBeenCalled();
    page.wait(370 * 24 * 3_600_000);
    await vi.advanceTimersByTimeAsync(3_600_000);
    await vi.waitFor(() => expect(told).toHaveBeenCalled());
    expect(sha256()).not.toBe(before);
  });

  it('leaves no other file behind than the certificate', async () => {
    const page = await openPhonePage({ https: true });
    const own = page.id.replace('browser:', '');
    expect(readdirSync(join(page.folder, 'phones')).sort()).toEqual(
      [own, 'certificate.pem', 'phones.json'].sort(),
    );
  });
});

const openssl = (...args: string[]) => promisify(execFile)('openssl', args);
const hasOpenssl = await openssl('version').then(
  ({ stdout }) => stdout.startsWith('OpenSSL'),
  () => false,
);

it.skipIf(!hasOpenssl)(
  'OpenSSL verifies the certificate strictly, by address and name (skipped without OpenSSL)',
  async () => {
    const page = await openPhonePage({ https: true });
    const folder = temporaryFolder();
    const root = join(folder, 'root.pem');
    writeFileSync(root, page.root ?? '');
    const leaf = join(page.folder, 'phones', 'certificate.pem');
    const verify = (...args: string[]) =>
      openssl('verify', '-x509_strict', '-purpose', 'sslserver', '-CAfile', root, ...args, leaf);
    await expect(verify('-verify_ip', '127.0.0.1')).resolves.toMatchObject({
      stdout: expect.stringContaining('OK'),
    });
    await expect(verify('-verify_hostname', 'studio.local')).resolves.toBeDefined();
    await expect(verify('-verify_ip', '10.9.9.9')).rejects.toBeDefined();
  },
);
