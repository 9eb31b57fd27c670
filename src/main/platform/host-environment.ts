import type { DeviceHub } from './devices/device-hub';
import type { Logger } from './logger';

/** All that a host (Electron, web, command line) tells the rest of the program about itself. */
export interface HostEnvironment {
  kind: 'electron' | 'web' | 'cli';
  appVersion: string;
  /** Holds `backbones/` and `sample/`. Read only. */
  resourcesFolder: string;
  /** For recent projects, settings and logs. Made when missing. */
  userDataFolder: string;
  /** Where projects are made that nobody gave a folder. Made when missing. */
  projectsFolder: string;
  /** The built file that a worker thread runs. */
  workerFile: string;
  /** The built file of the process that talks to iPhones. */
  iphoneProcessFile: string;
  /** Our Android app, there once `npm run companion:android` has built it; absent: nowhere. */
  companionApk?: string;
  /** The built page that phones run models in; absent: nowhere. */
  companionPage?: string;
  /** Worker threads to start; default the number of cores, at least 1. */
  workers?: number;
  /** Phones; default: those that are plugged into this computer. */
  devices?: DeviceHub;
  log: Logger;
}
