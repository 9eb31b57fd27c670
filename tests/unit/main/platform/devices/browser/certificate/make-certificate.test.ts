import { createPrivateKey, X509Certificate } from 'node:crypto';
import { createServer, type TLSSocket, connect } from 'node:tls';
import {
  type MadeCertificate,
  makeCertificate,
} from '@main/platform/devices/browser/certificate/make-certificate';
import { localNameOf } from '@main/platform/devices/browser/certificate/own-names';
import { AsnConvert } from '@peculiar/asn1-schema';
import {
  BasicConstraints,
  Certificate,
  id_ce_basicConstraints,
  id_ce_nameConstraints,
  NameConstraints,
} from '@peculiar/asn1-x509';
import { describe, expect, it, onTestFinished } from 'vitest';

const names = { addresses: ['127.0.0.1', '192.168.1.5'], localName: 'studio.local' };
const day = 24 * 60 * 60_000;

/** What a client that trusts the root says of a server with the certificate; undefined: all is well. */
async function verify({ key, certificate, root }: MadeCertificate): Promise<string | undefined> {
  const server = createServer({ key, cert: certificate });
  server.on('tlsClientError', () => undefined);
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return new Promise((resolve) => {
    const socket: TLSSocket = connect({ port, host: '127.0.0.1', ca: root }, () => {
      socket.destroy();
      resolve(undefined);
    });
    socket.once('error', ({ message }) => resolve(message));
  });
}

const extensionOf = (pem: string, id: string) =>
  AsnConvert.parse(new X509Certificate(pem).raw, Certificate).tbsCertificate.extensions?.find(
    ({ extnID }) => extnID === id,
  );

describe('a certificate of this computer’s own', () => {
  it('is for its addresses and name, for no longer than Safari trusts', () => {
    const now = new Date();
    const { key, certificate, root } = makeCertificate(names, now);
    const leaf = new X509Certificate(certificate);
    expect(leaf.subjectAltName).toBe(
      'IP Address:127.0.0.1, IP Address:192.168.1.5, DNS:studio.local',
    );
    expect(leaf.ca).toBe(false);
    expect(leaf.checkPrivateKey(createPrivateKey(key))).toBe(true);
    expect(leaf.verify(new X509Certificate(root).publicKey)).toBe(true);
    const days = (Date.parse(leaf.validTo) - Date.parse(leaf.validFrom)) / day;
    expect(days).toBeLessThanOrEqual(397);
    expect(Date.parse(leaf.validFrom)).toBeLessThan(now.getTime());
  });

  it('is another one each time, and so is the root', () => {
    const made = [1, 2].map(() => makeCertificate(names, new Date()));
    for (const part of ['key', 'certificate', 'root'] as const) {
      expect(new Set(made.map((each) => each[part]))).toHaveProperty('size', 2);
    }
  });

  it('has a root that may name this alone, with no authority below it', () => {
    const { root } = makeCertificate(names, new Date());
    const constraints = extensionOf(root, id_ce_nameConstraints);
    expect(constraints?.critical).toBe(true);
    const { permittedSubtrees } = AsnConvert.parse(
      constraints?.extnValue.buffer ?? new ArrayBuffer(0),
      NameConstraints,
    );
    expect(permittedSubtrees?.map(({ base }) => base.iPAddress ?? base.dNSName)).toEqual([
      '127.0.0.1/32',
      '192.168.1.5/32',
      'studio.local',
    ]);
    const basic = extensionOf(root, id_ce_basicConstraints);
    expect(basic?.critical).toBe(true);
    expect(
      AsnConvert.parse(basic?.extnValue.buffer ?? new ArrayBuffer(0), BasicConstraints),
    ).toMatchObject({ cA: true, pathLenConstraint: 0 });
  });

  it('is taken by clients that trust its root', async () => {
    expect(await verify(makeCertificate(names, new Date()))).toBeUndefined();
    expect(
      await verify(makeCertificate({ addresses: ['127.0.0.1'], localName: undefined }, new Date())),
    ).toBeUndefined();
  });

  it.each([
    ['another address', { addresses: ['192.168.1.5'], localName: 'studio.local' }],
    ['another name', { addresses: names.addresses, localName: 'other.local' }],
    ['no address', { addresses: [], localName: 'studio.local' }],
    ['no name', { addresses: names.addresses, localName: undefined }],
  ])('is refused where its root may name %s only', async (_, permitted) => {
    expect(await verify(makeCertificate(names, new Date(), permitted))).toBe(
      'permitted subtree violation',
    );
  });
});

it.each([
  ['annas-macbook', 'annas-macbook.local'],
  ['Studio.fritz.box', 'studio.local'],
  ['localhost', undefined],
  ['', undefined],
  ['grüße', undefined],
  ['-dash', undefined],
])('the host name %s is %s to its network', (host, expected) => {
  expect(localNameOf(host)).toBe(expected);
});
