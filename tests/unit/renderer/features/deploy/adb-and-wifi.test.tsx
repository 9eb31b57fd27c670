import { PhonesPanel } from '@renderer/features/deploy/phones/PhonesPanel';
import { AppError } from '@shared/api/errors';
import type { DeviceTool } from '@shared/domain/device';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { adbTool } from '../../../../fakes/fake-phone';
import { fakePair } from '../../fakes/fake-comparison';
import { renderInStudio } from '../../fakes/render-studio';
import { openStudioWithModels } from '../../fakes/studio-with-models';

const [int8] = fakePair;
const missing: DeviceTool = {
  name: 'adb',
  state: 'missing',
  problem: 'adb is not installed.',
  remedy: 'Install it.',
};
const found: DeviceTool = { ...adbTool, version: '29.0.6-debian', location: '/usr/bin/adb' };

async function open(tool: DeviceTool) {
  const test = await openStudioWithModels({ models: fakePair });
  const { program } = test;
  program.phones.tools = [tool];
  const asked: object[] = [];
  program.handlers['devices.chooseAdb'] = ({ path }) => {
    asked.push({ path });
    if (path === '/wrong') throw new AppError('not-found', 'The adb at /wrong is not there.');
    const chosen: DeviceTool =
      path === undefined ? found : { ...found, location: path, origin: 'setting' };
    program.phones.tools = [chosen];
    return { tool: chosen };
  };
  renderInStudio(test.studio, <PhonesPanel model={int8!} />);
  return { program, asked };
}

const type = (label: string | RegExp, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });

async function choose(button: string, path: string) {
  fireEvent.click(await screen.findByRole('button', { name: button }));
  await screen.findByLabelText(/Where adb is/);
  type(/Where adb is/, path);
  fireEvent.click(screen.getByRole('button', { name: 'Use this adb' }));
}

describe('adb', () => {
  it('that is missing can be chosen, and one that is wrong is told', async () => {
    const { asked } = await open(missing);
    expect(await screen.findByText('adb is not installed. Install it.')).toBeTruthy();
    await choose('Choose where adb is…', '/wrong');
    expect(await screen.findByText(/The adb at \/wrong is not there/)).toBeTruthy();
    type(/Where adb is/, '/opt/adb');
    fireEvent.click(screen.getByRole('button', { name: 'Use this adb' }));
    expect(await screen.findByText('adb 29.0.6-debian · /opt/adb')).toBeTruthy();
    expect(screen.getByText('chosen')).toBeTruthy();
    expect(screen.queryByText(/adb is not installed/)).toBeNull();
    expect(asked).toEqual([{ path: '/wrong' }, { path: '/opt/adb' }]);
  });

  it('that was found says where, and another one is chosen and forgotten', async () => {
    const { asked } = await open(found);
    expect(await screen.findByText('adb 29.0.6-debian · /usr/bin/adb')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Forget the choice' })).toBeNull();
    await choose('Use another…', '/opt/adb');
    fireEvent.click(await screen.findByRole('button', { name: 'Forget the choice' }));
    expect(await screen.findByText('adb 29.0.6-debian · /usr/bin/adb')).toBeTruthy();
    expect(asked).toEqual([{ path: '/opt/adb' }, { path: undefined }]);
  });

  it('that was chosen and no longer works is told, with the way out', async () => {
    const notice = 'The adb that was chosen, /gone/adb, is not there.';
    await open({ ...found, notice });
    expect((await screen.findByText(notice)).getAttribute('role')).toBe('status');
    expect(screen.getByRole('button', { name: 'Forget the choice' })).toBeTruthy();
  });

  it('that ADB names is not to be changed here, whether it works or not', async () => {
    await open({ ...found, origin: 'environment' });
    expect(await screen.findByText('by ADB in the environment')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Use another…' })).toBeNull();
  });
});

describe('a phone over Wi-Fi', () => {
  const waitingPhone = { name: 'adb-SIM', address: '192.168.1.5:37099' };

  async function openWifi(connectedTo?: string) {
    const { program } = await open(found);
    const asked: object[] = [];
    program.handlers['devices.waiting'] = () => ({ phones: [waitingPhone] });
    program.handlers['devices.pair'] = (input) => {
      asked.push(input);
      return connectedTo === undefined ? {} : { connectedTo };
    };
    program.handlers['devices.connect'] = (input) => {
      asked.push(input);
      return {};
    };
    fireEvent.click(await screen.findByRole('button', { name: 'Phone over Wi-Fi' }));
    return asked;
  }

  const form = (name: string) => screen.findByRole('form', { name });

  it('that waits is offered, paired by its code, and then connected to by another port', async () => {
    const asked = await openWifi();
    const pairing = await form('Pair a new phone (Android 11 and newer)');
    fireEvent.click(
      await within(pairing).findByRole('button', { name: 'adb-SIM waits at 192.168.1.5:37099' }),
    );
    type(/Pairing code/, '482 913');
    fireEvent.click(within(pairing).getByRole('button', { name: 'Pair' }));
    await within(pairing).findByText(/Paired. Now connect, above/);
    const connecting = within(await form('Phone over Wi-Fi'));
    const address = connecting.getByLabelText<HTMLInputElement>(/Phone over Wi-Fi/);
    expect(address.value).toBe('192.168.1.5:');
    fireEvent.change(address, { target: { value: '192.168.1.5:41234' } });
    fireEvent.click(connecting.getByRole('button', { name: 'Connect' }));
    await waitFor(() =>
      expect(asked).toEqual([
        { address: '192.168.1.5:37099', code: '482913' },
        { address: '192.168.1.5:41234' },
      ]),
    );
  });

  it('that adb finds after the pairing needs nothing more', async () => {
    const asked = await openWifi('192.168.1.5:41234');
    await form('Pair a new phone (Android 11 and newer)');
    type(/Address in the dialog/, '192.168.1.5:37099');
    type(/Pairing code/, '482913');
    fireEvent.click(screen.getByRole('button', { name: 'Pair' }));
    await waitFor(() => expect(screen.queryByRole('form')).toBeNull());
    expect(asked).toHaveLength(1);
  });
});
