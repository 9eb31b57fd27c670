import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import {
  AlgorithmIdentifier,
  AttributeTypeAndValue,
  AttributeValue,
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate,
  ExtendedKeyUsage,
  Extension,
  Extensions,
  GeneralName,
  GeneralSubtree,
  GeneralSubtrees,
  id_ce_authorityKeyIdentifier,
  id_ce_basicConstraints,
  id_ce_extKeyUsage,
  id_ce_keyUsage,
  id_ce_nameConstraints,
  id_ce_subjectAltName,
  id_ce_subjectKeyIdentifier,
  id_kp_serverAuth,
  KeyIdentifier,
  KeyUsage,
  KeyUsageFlags,
  Name,
  NameConstraints,
  RelativeDistinguishedName,
  SubjectAlternativeName,
  SubjectKeyIdentifier,
  SubjectPublicKeyInfo,
  TBSCertificate,
  Validity,
  Version,
} from '@peculiar/asn1-x509';
import type { OwnNames } from './own-names';

/** All of it as PEM. */
export interface MadeCertificate {
  /** Of the certificate. That of the root was never stored and is gone. */
  key: string;
  certificate: string;
  root: string;
}

const ecdsaWithSha256 = '1.2.840.10045.4.3.2';
const commonName = '2.5.4.3';
const day = 24 * 60 * 60_000;
/** Phones whose clock is behind. */
const backdatedMs = day;
/** With the day before at most 397: Safari takes no more of certificates that it is to trust. */
export const validMs = 395 * day;

/**
 * A certificate (EC P-256) for this computer's names, and a root that vouches for it. The root can vouch for
 * nothing else: its key signs this one certificate and is let go, it may name these very names only (critical
 * name constraints), and no certificate authority may stand below it (path length 0).
 * @param permitted what the root may name; other than `names` only where a test wants it to be refused.
 */
export function makeCertificate(
  names: OwnNames,
  now: Date,
  permitted: OwnNames = names,
): MadeCertificate {
  const validity = new Validity({
    notBefore: new Date(now.getTime() - backdatedMs),
    notAfter: new Date(now.getTime() + validMs),
  });
  const rootKeys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  // Told apart in a phone’s list by when it was made.
  const rootName = nameOf(`Pocketlens page, root of ${minuteOf(now)}`);
  const root = certificateOf({
    ...{ issuer: rootName, subject: rootName, validity },
    publicKey: rootKeys.publicKey,
    signWith: rootKeys.privateKey,
    extensions: [
      critical(id_ce_basicConstraints, new BasicConstraints({ cA: true, pathLenConstraint: 0 })),
      critical(id_ce_keyUsage, new KeyUsage(KeyUsageFlags.keyCertSign)),
      critical(id_ce_nameConstraints, constraintsTo(permitted)),
      plain(id_ce_subjectKeyIdentifier, new SubjectKeyIdentifier(keyHash(rootKeys.publicKey))),
    ],
  });
  const certificate = certificateOf({
    ...{ issuer: rootName, subject: nameOf('Pocketlens page'), validity },
    publicKey: keys.publicKey,
    signWith: rootKeys.privateKey,
    extensions: [
      critical(id_ce_basicConstraints, new BasicConstraints({ cA: false })),
      critical(id_ce_keyUsage, new KeyUsage(KeyUsageFlags.digitalSignature)),
      plain(id_ce_extKeyUsage, new ExtendedKeyUsage([id_kp_serverAuth])),
      plain(id_ce_subjectAltName, new SubjectAlternativeName(generalNames(names))),
      plain(id_ce_subjectKeyIdentifier, new SubjectKeyIdentifier(keyHash(keys.publicKey))),
      plain(
        id_ce_authorityKeyIdentifier,
        new AuthorityKeyIdentifier({
          keyIdentifier: new KeyIdentifier(keyHash(rootKeys.publicKey)),
        }),
      ),
    ],
  });
  const key = keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { key, certificate: pemOf(certificate), root: pemOf(root) };
}

interface Contents {
  issuer: Name;
  subject: Name;
  validity: Validity;
  publicKey: KeyObject;
  signWith: KeyObject;
  extensions: Extension[];
}

function certificateOf({ issuer, subject, validity, publicKey, signWith, extensions }: Contents) {
  const signatureAlgorithm = new AlgorithmIdentifier({ algorithm: ecdsaWithSha256 });
  const tbsCertificate = new TBSCertificate({
    version: Version.v3,
    serialNumber: serialNumber(),
    signature: signatureAlgorithm,
    ...{ issuer, subject, validity },
    subjectPublicKeyInfo: AsnConvert.parse(
      publicKey.export({ type: 'spki', format: 'der' }),
      SubjectPublicKeyInfo,
    ),
    extensions: new Extensions(extensions),
  });
  const signed = Buffer.from(AsnConvert.serialize(tbsCertificate));
  const signatureValue = arrayBufferOf(sign('sha256', signed, signWith));
  return AsnConvert.serialize(
    new Certificate({ tbsCertificate, signatureAlgorithm, signatureValue }),
  );
}

/** Positive and of 16 bytes, as RFC 5280, 4.1.2.2 asks. */
function serialNumber(): ArrayBuffer {
  const bytes = randomBytes(16);
  bytes[0] = 0x40 | ((bytes[0] ?? 0) & 0x3f);
  return arrayBufferOf(bytes);
}

/** "2026-03-01 10:00", in UTC. */
const minuteOf = (at: Date) => at.toISOString().slice(0, 16).replace('T', ' ');

const nameOf = (text: string) =>
  new Name([
    new RelativeDistinguishedName([
      new AttributeTypeAndValue({
        type: commonName,
        value: new AttributeValue({ utf8String: text }),
      }),
    ]),
  ]);

const generalNames = ({ addresses, localName }: OwnNames) => [
  ...addresses.map((iPAddress) => new GeneralName({ iPAddress })),
  ...(localName === undefined ? [] : [new GeneralName({ dNSName: localName })]),
];

/** Where there is no name of a kind, one that can't be is named: a kind that is left out is unrestricted. */
function constraintsTo({ addresses, localName }: OwnNames): NameConstraints {
  const bases = generalNames({
    addresses: (addresses.length === 0 ? ['0.0.0.0'] : addresses).map((one) => `${one}/32`),
    localName: localName ?? 'none.invalid',
  });
  return new NameConstraints({
    permittedSubtrees: new GeneralSubtrees(bases.map((base) => new GeneralSubtree({ base }))),
  });
}

const critical = (extnID: string, value: object) => extensionOf(extnID, value, true);
const plain = (extnID: string, value: object) => extensionOf(extnID, value, false);
const extensionOf = (extnID: string, value: object, isCritical: boolean) =>
  new Extension({
    extnID,
    critical: isCritical,
    extnValue: new OctetString(AsnConvert.serialize(value)),
  });

/** By method 1 of RFC 7093, 2: the first 160 bits of the key's SHA-256. */
const keyHash = (key: KeyObject) =>
  arrayBufferOf(
    createHash('sha256')
      .update(key.export({ type: 'spki', format: 'der' }))
      .digest()
      .subarray(0, 20),
  );

function arrayBufferOf(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}

function pemOf(der: ArrayBuffer): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
