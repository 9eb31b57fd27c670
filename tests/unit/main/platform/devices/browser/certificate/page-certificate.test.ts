import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createPageCertificates,
  renewBeforeMs,
} from '@main/platform/devices/browser/certificate/page-certificate';
import { validMs } from '@main/platform/devices/browser/certificate/make-certificate';
import { describe, expect, it } from 'vitest';
import { createFakeLogger } from '../../../../../../fakes/fake-logger';
import { temporaryFolder } from '../../../../../../fixtures/temporary-folder';

const home = { addresses: ['192.168.1.5'], localName: 'studio.local' };
const office = { addresses: ['10.0.0.7'], localName: 'studio.local' };

function open(folder = temporaryFolder()) {
  const file = join(folder, 'own', 'certificate.pem');
  const log = createFakeLogger();
  let at = Date.parse('2026-03-01T10:00:00Z');
  const certificates = createPageCertificates({ file, log, now: () => new Date(at) });
  return { certificates, file, log, wait: (ms: number) => void (at += ms) };
}

describe('the certificate of the page', () => {
  it('is made once, and kept for this account alone', async () => {
    const folder = temporaryFolder();
    const { certificates, file, log } = open(folder);
    const first = await certificates.open(home);
    expect(first.facts).toMatchObject({
      sha256: expect.stringMatching(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/),
      names: ['192.168.1.5', 'studio.local'],
      expiresAt: '2027-03-31T10:00:00.000Z',
    });
    expect(await certificates.open(home)).toEqual(first);
    expect(await open(folder).certificates.open(home)).toEqual(first);
    expect(log.lines).toEqual([]);
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
    // Nothing that could sign another one.
    expect(readFileSync(file, 'utf8').match(/PRIVATE KEY/g)).toHaveLength(2);
  });

  it('is made anew for a new address, and then does for both networks', async () => {
    const { certificates } = open();
    const first = await certificates.open(home);
    const second = await certificates.open(office);
    expect(second.facts.sha256).not.toBe(first.facts.sha256);
    expect(second.facts.names).toEqual(['10.0.0.7', '192.168.1.5', 'studio.local']);
    expect(await certificates.open(home)).toEqual(second);
  });

  it('forgets the oldest addresses some day', async () => {
    const { certificates } = open();
    for (let network = 0; network < 20; network++) {
      await certificates.open({ addresses: [`10.0.${network}.1`], localName: undefined });
    }
    const { facts } = await certificates.open({ addresses: ['10.0.19.1'], localName: undefined });
    expect(facts.names).toHaveLength(12);
    expect(facts.names[0]).toBe('10.0.19.1');
    expect(facts.names).not.toContain('10.0.0.1');
  });

  it('is made anew a month before it expires', async () => {
    const { certificates, wait } = open();
    const first = await certificates.open(home);
    wait(validMs - renewBeforeMs);
    expect(await certificates.open(home)).toEqual(first);
    wait(1);
    expect((await certificates.open(home)).facts.sha256).not.toBe(first.facts.sha256);
  });

  it.skipIf(process.platform === 'win32')(
    'is made anew when others could read its key (POSIX)',
    async () => {
      const { certificates, file, log } = open();
      const first = await certificates.open(home);
      chmodSync(file, 0o644);
      expect((await certificates.open(home)).facts.sha256).not.toBe(first.facts.sha256);
      expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(log.lines).toEqual([expect.stringMatching(/^warn Others could read/)]);
    },
  );

  it('is made anew when it is damaged, or not with this key', async () => {
    const { certificates, file, log } = open();
    const first = await certificates.open(home);
    writeFileSync(file, first.certificate, { mode: 0o600 });
    const second = await certificates.open(home);
    writeFileSync(file, first.key + second.certificate + second.root, { mode: 0o600 });
    const third = await certificates.open(home);
    expect(new Set([first, second, third].map(({ facts }) => facts.sha256)).size).toBe(3);
    expect(log.lines).toEqual([
      expect.stringMatching(/^error The page’s certificate can’t be read/),
      expect.stringMatching(/^warn Key and certificate/),
    ]);
  });

  it('says when it can’t be kept', async () => {
    const { certificates, file } = open();
    mkdirSync(file, { recursive: true });
    await expect(certificates.open(home)).rejects.toMatchObject({ code: 'not-writable' });
  });
});
