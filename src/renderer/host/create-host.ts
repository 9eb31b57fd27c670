import { createElectronHost } from './electron-host';
import type { StudioHost } from './studio-host';
import { createWebHost } from './web-host';

/** The host this page was loaded into. */
export function createHost(): StudioHost {
  return window.pocketlens
    ? createElectronHost(window.pocketlens)
    : createWebHost(window.location.origin);
}
