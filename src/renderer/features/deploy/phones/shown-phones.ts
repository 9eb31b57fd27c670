import type { Deployment } from '@shared/domain/deployment';
import { type Device, devicePlatformSchema, type DeviceState } from '@shared/domain/device';

/** A phone that has a card: one that is plugged in, or one that got a model before. */
export type ShownPhone = Omit<Device, 'state' | 'connection'> &
  Partial<Pick<Device, 'connection'>> & { state: DeviceState | 'away' };

/** @param deployments newest first. */
export function shownPhones(
  devices: readonly Device[],
  deployments: readonly Deployment[],
): ShownPhone[] {
  const seen = new Set(devices.map(({ id }) => id));
  const away = deployments.flatMap(({ deviceId, deviceName }): ShownPhone[] => {
    if (seen.has(deviceId)) return [];
    seen.add(deviceId);
    const platform = devicePlatformSchema.options.find((name) => deviceId.startsWith(`${name}:`));
    return [{ id: deviceId, platform: platform ?? 'android', name: deviceName, state: 'away' }];
  });
  return [...devices, ...away];
}
