import type { BridgeAnswer, ElectronBridge } from '@shared/api/electron-bridge';
import { fromShape } from '@shared/api/errors';
import { createChannelListeners } from '@shared/rpc/channel';
import type { StudioHost } from './studio-host';

declare global {
  interface Window {
    /** Put there by the preload script of the Electron host. */
    readonly pocketlens?: ElectronBridge;
  }
}

/** The program runs in this window's own main process; the channel closes with the window. */
export function createElectronHost(bridge: ElectronBridge): StudioHost {
  return {
    kind: 'electron',
    openChannel() {
      const listeners = createChannelListeners();
      // The main process connects at this call: whoever asked for the channel adds its listeners
      // in the microtask that follows, before any message can arrive.
      bridge.onMessage((text) => listeners.receive(text));
      return Promise.resolve({
        send: (text) => {
          if (!listeners.closed) bridge.send(text);
        },
        onMessage: listeners.onMessage,
        onClose: listeners.onClose,
        close: listeners.closeOnce,
      });
    },
    mediaUrl: (path) => bridge.mediaPrefix + path,
    async stageDrop(transfer) {
      const files = [...transfer.files];
      return files.length === 0 ? undefined : unwrap(bridge.stageFiles(files));
    },
    stageShots: async (files) => {
      const shots = files.map(async (file) => ({
        name: file.name,
        bytes: new Uint8Array(await file.arrayBuffer()),
      }));
      return unwrap(bridge.stageShots(await Promise.all(shots)));
    },
    chooseSources: (kind) => unwrap(bridge.chooseSources(kind)),
    choosePlace: (purpose) => unwrap(bridge.choosePlace(purpose)),
    showJobResult: (jobId) => unwrap(bridge.showJobResult(jobId)),
  };
}

async function unwrap<Value>(answer: Promise<BridgeAnswer<Value>>): Promise<Value> {
  const settled = await answer;
  if ('error' in settled) throw fromShape(settled.error);
  return settled.value;
}
