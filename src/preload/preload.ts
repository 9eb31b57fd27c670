import { contextBridge, ipcRenderer, webUtils } from 'electron';
import {
  bridgeChannels,
  bridgeMediaPrefix,
  type ElectronBridge,
} from '../shared/api/electron-bridge';

const bridge: ElectronBridge = {
  send: (text) => ipcRenderer.send(bridgeChannels.toMain, text),
  onMessage(listener) {
    // A page that connects again has let go of its first channel.
    ipcRenderer.removeAllListeners(bridgeChannels.toWindow);
    ipcRenderer.on(bridgeChannels.toWindow, (_, text: string) => listener(text));
    ipcRenderer.send(bridgeChannels.connect);
  },
  chooseSources: (kind) => ipcRenderer.invoke(bridgeChannels.chooseSources, kind),
  choosePlace: (purpose) => ipcRenderer.invoke(bridgeChannels.choosePlace, purpose),
  showJobResult: (jobId) => ipcRenderer.invoke(bridgeChannels.showJobResult, jobId),
  // Electron tells a file's path to the preload script alone: the page never learns it.
  stageFiles: (files) =>
    ipcRenderer.invoke(
      bridgeChannels.stagePaths,
      files.map((file) => webUtils.getPathForFile(file)),
    ),
  stageShots: (shots) => ipcRenderer.invoke(bridgeChannels.stageShots, shots),
  mediaPrefix: bridgeMediaPrefix,
};

contextBridge.exposeInMainWorld('pocketlens', bridge);
