import type { StudioClient } from '../../../shared/api/contract';
import { AppError } from '../../../shared/api/errors';
import type { DeviceId } from '../../../shared/domain/device';

/**
 * The phone that is meant where none is named: the only one that is ready, or else the only one, so that
 * what is in its way is said.
 * @throws AppError 'bad-request' when several may be meant, 'device-gone' when there is none.
 */
export async function onlyPhone(client: StudioClient): Promise<DeviceId> {
  const { devices } = await client.call('devices.list', {});
  const ready = devices.filter(({ state }) => state === 'ready');
  const [phone] = ready.length > 0 ? ready : devices;
  if (!phone) {
    throw new AppError(
      'device-gone',
      'No phone is connected.',
      'Plug one in and unlock it. “pocketlens devices” says what is in the way.',
    );
  }
  if (ready.length === 1 || devices.length === 1) return phone.id;
  const list = devices.map(({ id, name, state }) => `${id} (${name}, ${state})`).join(', ');
  throw ready.length > 0
    ? new AppError('bad-request', `There are ${devices.length} phones: ${list}.`, namePhone)
    : new AppError(
        'device-gone',
        `There are ${devices.length} phones, and none is ready: ${list}.`,
        '“pocketlens devices” says what to do about each.',
      );
}

const namePhone = 'Say which one with --device.';
