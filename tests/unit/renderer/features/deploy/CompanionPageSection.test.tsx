import { CompanionPageSection } from '@renderer/features/deploy/companion-page/CompanionPageSection';
import type { CompanionPage } from '@shared/domain/companion-page';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { pixel } from '../../../../fakes/fake-phone';
import { renderInStudio } from '../../fakes/render-studio';
import { openStudioWithModels } from '../../fakes/studio-with-models';

const tablet: CompanionPage['phones'][number] = {
  id: 'browser:0011',
  name: 'Tablet',
  pairedAt: '2026-01-02T03:04:05.000Z',
  expiresAt: '2026-02-01T03:04:05.000Z',
  isConnected: true,
  models: [],
};

async function open(page: Partial<CompanionPage> = {}) {
  const test = await openStudioWithModels({ models: [] });
  const { companionPage, phones } = test.program;
  companionPage.page = { ...companionPage.page, ...page };
  phones.devices = [pixel];
  await test.studio.stores.phones.getState().watch();
  renderInStudio(test.studio, <CompanionPageSection />);
  return { ...test, fake: companionPage };
}

const button = (name: string) => screen.findByRole('button', { name });

describe('the page for phones', () => {
  it('is off until somebody turns it on, and off again', async () => {
    const { fake } = await open();
    expect(screen.queryByRole('button', { name: 'Pair a phone…' })).toBeNull();
    fireEvent.click(await button('Turn the page on'));
    expect(await screen.findByText('On, port 4748')).toBeDefined();
    expect(fake.page).toMatchObject({ isOn: true, wifi: false });
    fireEvent.click(await button('Turn off'));
    expect(await button('Turn the page on')).toBeDefined();
  });

  it('is told to the network only by a switch of its own', async () => {
    const { fake } = await open({ isOn: true, port: 4748 });
    fireEvent.click(await screen.findByRole('switch', { name: /^Reachable over Wi-Fi/ }));
    await waitFor(() => expect(fake.page.wifi).toBe(true));
  });

  it('shows a code for a phone, which is gone once that is paired', async () => {
    const { program, fake } = await open({ isOn: true, wifi: true, port: 4748 });
    fireEvent.click(await button('Pair a phone…'));
    const dialog = await screen.findByRole('dialog');
    expect(within(dialog).getByRole('img', { name: /192\.168\.1\.5:4748/ })).toBeDefined();
    expect(within(dialog).getByText(/browsers keep the live camera off/)).toBeDefined();
    // The secret is in the code and behind the link, not in what is read.
    expect(dialog.textContent).not.toContain('secret');
    program.emit('companionPage.changed', { ...fake.page, phones: [tablet] });
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(screen.getByRole('list', { name: 'Paired phones' }).textContent).toContain('Tablet');
  });

  it('is encrypted by a switch of its own, which tells what phones will warn of', async () => {
    const { fake } = await open({ isOn: true, port: 4748 });
    expect(screen.queryByRole('switch', { name: /^Encrypted/ })).toBeNull();
    fireEvent.click(await screen.findByRole('switch', { name: /^Reachable over Wi-Fi/ }));
    fireEvent.click(await screen.findByRole('switch', { name: /^Encrypted/ }));
    await waitFor(() => expect(fake.page.https).toBeDefined());
    const facts = await screen.findByRole('region', { name: 'Certificate' });
    expect(facts.textContent).toContain('AB:AB:AB:AB');
    expect(facts.textContent).toContain('CD:CD:CD:CD');
    expect(facts.textContent).toContain('192.168.1.5, 10.0.0.2, studio.local');
    fireEvent.click(await button('Pair a phone…'));
    const dialog = await screen.findByRole('dialog');
    expect(
      within(dialog).getByRole('img', { name: /https:\/\/192\.168\.1\.5:4749/ }),
    ).toBeDefined();
    expect(dialog.textContent).toContain('AB:AB:AB:AB');
    // Without Wi-Fi there is nothing to encrypt.
    fireEvent.click(screen.getByRole('switch', { name: /^Reachable over Wi-Fi/, hidden: true }));
    await waitFor(() => expect(fake.page).toMatchObject({ wifi: false }));
    expect(fake.page.https).toBeUndefined();
  });

  it('has no code to scan while only cables reach it', async () => {
    await open({ isOn: true, port: 4748 });
    fireEvent.click(await button('Pair a phone…'));
    const dialog = await screen.findByRole('dialog');
    expect(within(dialog).queryByRole('img')).toBeNull();
    expect(within(dialog).getByRole('link').getAttribute('href')).toContain('localhost:4748');
  });

  it('opens on an Android phone by one click', async () => {
    const { fake } = await open();
    fireEvent.click(await button(`Open on ${pixel.name}`));
    await waitFor(() => expect(fake.opened).toEqual([pixel.id]));
  });

  it('is taken away from a phone', async () => {
    const { fake } = await open({ phones: [tablet] });
    fireEvent.click(await button('Revoke Tablet'));
    await waitFor(() => expect(fake.page.phones).toEqual([]));
    await waitFor(() => expect(screen.queryByText('Tablet')).toBeNull());
  });
});
