import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { serveAfc } from './afc-service';
import type { IphoneState } from './iphone';
import { type PlistObject, textOf } from './property-lists';
import type { Wire } from './wire';

/** Services that lockdownd starts, by the names Apple gave them. */
export const services: Record<string, (wire: Wire, phone: IphoneState) => Promise<void>> = {
  'com.apple.afc': (wire, phone) => serveAfc(wire, diskOf(phone, mediaFolder(phone))),
  'com.apple.mobile.house_arrest': serveHouseArrest,
  'com.apple.mobile.installation_proxy': serveInstallationProxy,
  'com.apple.mobile.notification_proxy': serveNotificationProxy,
};

export const mediaFolder = ({ folder }: IphoneState) => join(folder, 'Media');

export const containerOf = ({ folder }: IphoneState, bundleId: string) =>
  join(folder, 'Containers', bundleId);

const diskOf = (phone: IphoneState, folder: string, only?: string) => ({
  folder,
  ...(only === undefined ? {} : { only }),
  capacity: () => phone.capacity,
  usedBytes: () => usedBytes(phone.folder),
  corrupts: () => phone.corrupts,
  keepsExisting: () => phone.keepsExisting,
});

function usedBytes(folder: string): number {
  return readdirSync(folder, { withFileTypes: true })
    .map((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? usedBytes(path) : statSync(path).size;
    })
    .reduce((sum, bytes) => sum + bytes, 0);
}

async function serveHouseArrest(wire: Wire, phone: IphoneState): Promise<void> {
  const request = await wire.readMessage();
  const id = textOf(request.Identifier);
  const app = phone.apps.find(({ bundleId }) => bundleId === id);
  if (!app) return refuse(wire, 'ApplicationLookupFailed');
  const isShared = request.Command === 'VendDocuments';
  if (isShared && !app.fileSharing) return refuse(wire, 'InstallationLookupFailed');
  const folder = containerOf(phone, id);
  mkdirSync(join(folder, 'Documents'), { recursive: true });
  wire.writeMessage({ Status: 'Complete' });
  await serveAfc(wire, diskOf(phone, folder, isShared ? '/Documents' : undefined));
}

/** Leaves it to the other side to hang up, so that the answer is not cut off. */
async function refuse(wire: Wire, problem: string): Promise<void> {
  wire.writeMessage({ Error: problem });
  await wire.read(1);
}

async function serveInstallationProxy(wire: Wire, phone: IphoneState): Promise<void> {
  const known = phone.apps.map(({ bundleId, fileSharing }): [string, PlistObject] => [
    bundleId,
    {
      CFBundleIdentifier: bundleId,
      ApplicationType: 'User',
      ...(fileSharing ? { UIFileSharingEnabled: true } : {}),
    },
  ]);
  for (;;) {
    const { Command: command, ClientOptions: options } = await wire.readMessage();
    const wanted = (options as { BundleIDs?: string[] } | undefined)?.BundleIDs;
    const found = known.filter(([id]) => wanted?.includes(id) ?? true);
    if (command === 'Browse') {
      wire.writeMessage({
        Status: 'BrowsingApplications',
        CurrentIndex: 0,
        CurrentAmount: found.length,
        Total: found.length,
        CurrentList: found.map(([, app]) => app),
      });
      wire.writeMessage({ Status: 'Complete' });
    } else if (command === 'Lookup') {
      wire.writeMessage({ Status: 'Complete', LookupResult: Object.fromEntries(found) });
    } else {
      wire.writeMessage({ Error: 'UnknownCommand' });
    }
  }
}

async function serveNotificationProxy(wire: Wire, phone: IphoneState): Promise<void> {
  for (;;) {
    const { Command: command, Name: name } = await wire.readMessage();
    if (command === 'PostNotification') phone.notifications.push(textOf(name));
    if (command === 'Shutdown') return wire.writeMessage({ Command: 'ProxyDeath' });
  }
}
