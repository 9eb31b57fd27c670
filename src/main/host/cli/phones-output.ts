import { currentDeployments, type Deployment } from '../../../shared/domain/deployment';
import type { Device } from '../../../shared/domain/device';
import { deviceRemedy } from '../../../shared/domain/device-remedy';

/** What is in a phone's way, and the steps against it. */
export function remedyText(device: Device): string {
  const { says, steps } = deviceRemedy(device);
  return [`${device.name}: ${says}`, ...steps.map((step, index) => `  ${index + 1}. ${step}`)].join(
    '\n',
  );
}

/** What each phone runs in each app, since when, by whom: the newest first. @param list newest first. */
export const whatPhonesRun = (list: readonly Deployment[]): Deployment[] =>
  [...new Set(list.map(({ deviceId }) => deviceId))].flatMap((id) => currentDeployments(list, id));

const verdicts: Record<Deployment['state'], string> = {
  checked: 'answers as this computer does',
  copied: 'not checked by the phone',
  unanswered: 'has not answered the golden photos',
  wrong: 'answers otherwise than this computer',
};

export function runsText({ deviceName, models, target, at, by, state }: Deployment): string {
  const names = models.map(({ name }) => name).join(' and ');
  const since = at.slice(0, 16).replace('T', ' ');
  return `${deviceName} runs ${names} in ${target.name} (${target.id}), since ${since} by ${by}: ${verdicts[state]}`;
}
