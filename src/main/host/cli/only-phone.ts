import type { StudioClient } from '../../../shared/api/contract';
import { AppError } from '../../../shared/api/errors';
import type { DeviceId } from '../../../shared/domain/device';

/**
 * The phone that is meant where none is named.
 * @throws AppError 'bad-request' when there are several, 'device-gone' when there is none.
 */
export async function onlyPhone(client: StudioClient): Promise<DeviceId> {
  const { devices } = await client.call('devices.list', {});
  const [phone] = devices;
  if (phone && devices.length === 1) return phone.id;
  throw phone
    ? new AppError(
        'bad-request',
        `There are ${devices.length} phones: ${devices.map(({ id }) => id).join(', ')}.`,
        'Say which one with --device.',
      )
    : new AppError(
        'device-gone',
        'No phone is connected.',
        'Plug one in and unlock it. “pocketlens devices” says what is in the way.',
      );
}
