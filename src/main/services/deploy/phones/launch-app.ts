import { toShape } from '../../../../shared/api/errors';
import type { PushTarget } from '../../../../shared/domain/deployment';
import type { DeviceId } from '../../../../shared/domain/device';
import type { DeviceTransport } from '../../../platform/devices/device-transport';
import type { JobHandle } from '../../ports';

/** Brings the target app to the front, or says that a person has to. */
export async function launchApp(
  transport: DeviceTransport,
  deviceId: DeviceId,
  { place }: PushTarget,
  job: JobHandle,
): Promise<void> {
  if (place.kind !== 'app' || !transport.launch) {
    job.progress({ step: 'Open the app on the phone' });
    return;
  }
  try {
    await transport.launch(deviceId, place.appId);
  } catch (error) {
    job.log(
      `The app could not be opened from here: ${toShape(error).message} Open it on the phone.`,
    );
  }
}
