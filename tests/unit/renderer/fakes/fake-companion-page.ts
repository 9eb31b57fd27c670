import type { companionPageApi } from '@shared/api/companion-page-api';
import type { HandlersOf } from '@shared/api/contract';
import type { CompanionPage } from '@shared/domain/companion-page';

export interface FakeCompanionPage {
  page: CompanionPage;
  /** Phones that were told to open it. */
  opened: string[];
  handlers: HandlersOf<typeof companionPageApi>;
}

/** The page for phones as the program keeps it, in memory. */
export function createFakeCompanionPage(): FakeCompanionPage {
  const fake: FakeCompanionPage = {
    page: { isOn: false, wifi: false, phones: [] },
    opened: [],
    handlers: {
      'companionPage.state': () => fake.page,
      'companionPage.turnOn': ({ wifi }) => {
        fake.page = { ...fake.page, isOn: true, wifi, port: 4748 };
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
          ? ['http://192.168.1.5:4748/#pair=secret', 'http://10.0.0.2:4748/#pair=secret']
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
