import { bridgeChannels, type ElectronBridge } from '@shared/api/electron-bridge';
import { beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { contextBridge, ipcRenderer, resetFakeElectron } from '../../fakes/fake-electron';

vi.mock('electron', () => import('../../fakes/fake-electron'));

let bridge: ElectronBridge;
let exposed: string[];

beforeAll(async () => {
  await import('../../../src/preload/preload');
  exposed = [...contextBridge.exposed.keys()];
  bridge = contextBridge.exposed.get('pocketlens') as ElectronBridge;
});
beforeEach(resetFakeElectron);

it('puts one thing on the window, and no more than the bridge', () => {
  expect(exposed).toEqual(['pocketlens']);
  expect(Object.keys(bridge).sort()).toEqual([
    'choosePlace',
    'chooseSources',
    'mediaPrefix',
    'onMessage',
    'send',
    'showJobResult',
    'stageFiles',
    'stageShots',
  ]);
});

it('connects when somebody listens, and passes texts without the event they came in', () => {
  const listener = vi.fn();
  bridge.onMessage(listener);
  expect(ipcRenderer.sent).toEqual([{ channel: bridgeChannels.connect, args: [] }]);
  ipcRenderer.emit(bridgeChannels.toWindow, { sender: 'secret' }, '{}');
  expect(listener.mock.calls).toEqual([['{}']]);
  bridge.send('text');
  expect(ipcRenderer.sent.at(-1)).toEqual({ channel: bridgeChannels.toMain, args: ['text'] });
});

it('gives the messages to the last listener only', () => {
  const [first, second] = [vi.fn(), vi.fn()];
  bridge.onMessage(first);
  bridge.onMessage(second);
  ipcRenderer.emit(bridgeChannels.toWindow, {}, '{}');
  expect([first.mock.calls.length, second.mock.calls.length]).toEqual([0, 1]);
});

it('asks the main process for dialogs and stages dropped files by path', async () => {
  ipcRenderer.answer = (channel) => `answer of ${channel}`;
  expect(await bridge.chooseSources('files')).toBe(`answer of ${bridgeChannels.chooseSources}`);
  await bridge.choosePlace('export');
  await bridge.showJobResult('job-3');
  await bridge.stageFiles([new File([], 'a.jpg'), new File([], 'made-up.jpg')]);
  expect(ipcRenderer.invoked.map(({ args }) => args)).toEqual([
    ['files'],
    ['export'],
    ['job-3'],
    [['/photos/a.jpg', '']],
  ]);
});
