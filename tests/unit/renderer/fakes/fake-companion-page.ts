import type { companionPageApi } from '@shared/api/companion-page-api';
import type { HandlersOf } from '@shared/api/contract';
import type { CompanionPage, PageCertificateFacts } from '@shared/domain/companion-page';

export interface FakeCompanionPage {
  page: CompanionPage;
  /** Phones that were told to open it. */
  opened: string[];
  handlers: HandlersOf<typeof companionPageApi>;
}

/** Thirty-two bytes, as a SHA-256 is told. */
const fingerprint = (byte: string) => Array.from({ length: 32 }, () => byte).join(':');

export const fakeCertificate: PageCertificateFacts = {
  sha256: fingerprint('AB'),
  rootSha256: fingerprint('CD'),
  names: ['192.168.1.5', '10.0.0.2', 'studio.local'],
  validFrom: '2026-01-01T03:04:05.000Z',
  expiresAt: '2027-02-01T03:04:05.000Z',
};

/** The page for phones as the program keeps it, in memory. */
export function createFakeCompanionPage(): FakeCompanionPage {
  const fake: FakeCompanionPage = {
    page: { isOn: false, wifi: false, phones: [] },
    opened: [],
    handlers: {
      'companionPage.state': () => fake.page,
      'companionPage.turnOn': ({ wifi, https }) => {
        const { https: _, ...page } = fake.page;
        fake.page = {
          ...{ ...page, isOn: true, wifi, port: 4748 },
          ...(https ? { https: { port: 4749, certificate: fakeCertificate } } : {}),
        };
        return fake.page;
      },
      'companionPage.turnOff': () => {
        fake.page = { isOn: false, wifi: false, phones: fake.page.phones };
        return fake.page;
      },
      'companionPage.offer': () => ({
        port: 4748,
        cableLink: 'http://localhost:4748/#pair=secret',
        wifiLinks: fake.page.wifi
          ? ['192.168.1.5', '10.0.0.2'].map((address) =>
              fake.page.https
                ? `https://${address}:4749/#pair=secret`
                : `http://${address}:4748/#pair=secret`,
            )
          : [],
        expiresAt: '2026-01-02T03:14:05.000Z',
      }),
      'companionPage.openOnPhone': ({ deviceId }) => {
        fake.opened.push(deviceId);
        return {};
      },
      'companionPage.revoke': ({ phoneId }) => {
        const phones = fake.page.phones.filter(({ id }) => id !== phoneId);
        fake.page = { ...fake.page, phones };
        return fake.page;
      },
    },
  };
  return fake;
}
