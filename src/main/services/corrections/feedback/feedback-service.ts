import type { HandlersOf } from '../../../../shared/api/contract';
import type { correctionsApi } from '../../../../shared/api/corrections-api';
import { AppError, isCancelled } from '../../../../shared/api/errors';
import type { PushTarget } from '../../../../shared/domain/deployment';
import type { Device } from '../../../../shared/domain/device';
import type { JobId } from '../../../../shared/domain/job';
import type { DeviceHub } from '../../../platform/devices/device-hub';
import type {
  Corrections,
  Deployments,
  JobHandle,
  Jobs,
  Models,
  ProjectContext,
} from '../../ports';
import { feedbackFolder, listMessages } from './list-feedback';
import { takeFeedback } from './take-feedback';

export interface FeedbackParts {
  context: ProjectContext;
  jobs: Jobs;
  hub: DeviceHub;
  models: Pick<Models, 'list'>;
  deployments: Deployments;
  corrections: Corrections;
  /** Reads phones as they are plugged in; a command would do it unasked. */
  watches: boolean;
  /** Between two looks at a phone that stays plugged in, in milliseconds. */
  lookAgainMs?: number;
}

export interface FeedbackService {
  handlers: Pick<HandlersOf<typeof correctionsApi>, 'corrections.readPhones'>;
  dispose(): Promise<void>;
}

interface ReadParameters {
  deviceId: string;
  deviceName: string;
  target: PushTarget;
}

/** A phone, and an app on it that this project has pushed to by the protocol. */
interface Source {
  device: Device;
  target: PushTarget;
}

/** What people corrected on phones comes in by itself while their phone is plugged in. */
export function createFeedbackService(parts: FeedbackParts): FeedbackService {
  const { context, jobs, hub, deployments, lookAgainMs = 15_000 } = parts;
  /** By phone and app: the messages that are known to stay there. */
  const staying = new Map<string, ReadonlySet<string>>();
  const reading = new Set<JobId>();
  let ready: readonly Device[] = [];
  /** Somebody called while a phone was read: what came meanwhile may not be among what is read. */
  let missedCall = false;
  let stopWatching: (() => void) | undefined;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<unknown> = Promise.resolve();
  let isOver = false;

  jobs.register<ReadParameters>('read-feedback', {
    resumable: false,
    beginsByItself: true,
    run: readPhone,
  });

  const ourModels = () =>
    new Set([
      ...parts.models.list().map(({ sha256 }) => sha256),
      ...deployments.list().flatMap(({ models }) => models.map(({ sha256 }) => sha256)),
    ]);

  async function readPhone({ deviceId, deviceName, target }: ReadParameters, job: JobHandle) {
    const folder = await hub.transport(deviceId).openFolder(deviceId, target.place);
    try {
      const device = { id: deviceId, name: deviceName };
      const read = await takeFeedback({ ...parts, folder, device, ourModels: ourModels(), job });
      for (const { file, problem } of read.left) {
        job.log(`${file} stays on the phone: ${problem}`);
      }
      const { length } = read.foreign;
      if (length > 0) job.log(`${length} belong to other projects and stay there.`);
      job.log(`${read.taken} taken, ${read.known} had come before.`);
      const stay = [...read.left.map(({ file }) => file), ...read.foreign];
      staying.set(keyOf({ deviceId, target }), new Set(stay));
      return { taken: String(read.taken), left: String(read.left.length) };
    } finally {
      await folder.close();
    }
  }

  function sourcesOn(devices: readonly Device[]): Source[] {
    const pushed = deployments.list().filter(({ target }) => target.speaksProtocol);
    return devices.flatMap((device) => {
      const targets = new Map(
        pushed
          .filter(({ deviceId }) => deviceId === device.id)
          .map(({ target }) => [target.id, target]),
      );
      return [...targets.values()].map((target) => ({ device, target }));
    });
  }

  /** Starts a job where there is something new; without `anew` what is known to stay there is not. */
  async function look({ device, target }: Source, anew: boolean): Promise<JobId | undefined> {
    const folder = await hub.transport(device.id).openFolder(device.id, target.place);
    const key = keyOf({ deviceId: device.id, target });
    try {
      const messages = await listMessages(folder);
      const stay = anew ? undefined : staying.get(key);
      const isNew = messages.some(({ name }) => !stay?.has(`${feedbackFolder}/${name}`));
      if (!isNew || isOver) return undefined;
    } finally {
      await folder.close();
    }
    const parameters = { deviceId: device.id, deviceName: device.name, target };
    const title = `Taking corrections from ${device.name}`;
    const jobId = jobs.start<ReadParameters>('read-feedback', title, parameters);
    reading.add(jobId);
    return jobId;
  }

  /** Nobody asked: a phone that is locked or just pulled out is nothing to speak of. */
  function lookQuietly(): void {
    if (isOver) return;
    looking = looking.then(async () => {
      missedCall = reading.size > 0;
      if (missedCall) return;
      for (const source of sourcesOn(ready)) {
        if (isOver) return;
        await look(source, false).catch((error: unknown) => {
          if (!(error instanceof AppError)) context.log.error('A phone was not read', error);
        });
      }
    });
  }

  function watch(): void {
    if (stopWatching || isOver || !parts.watches) return;
    if (!deployments.list().some(({ target }) => target.speaksProtocol)) return;
    const stopHearing = hub.onFeedback(lookQuietly);
    const stopSeeing = hub.watch((devices) => {
      const before = new Set(ready.map(({ id }) => id));
      ready = devices.filter(({ state }) => state === 'ready');
      const come = ready.filter(({ id }) => !before.has(id));
      if (come.length === 0) return;
      // Somebody may correct something soon, and looks for it in the inbox.
      if (sourcesOn(come).length > 0) context.workers.prepare();
      lookQuietly();
    });
    stopWatching = () => {
      stopHearing();
      stopSeeing();
    };
    timer = setInterval(lookQuietly, lookAgainMs);
    timer.unref();
  }

  const stopListening = jobs.onFinished(({ id, kind }) => {
    const wasOurs = reading.delete(id);
    if (wasOurs && missedCall) lookQuietly();
    // The first push of a project is the first reason to look for phones.
    if (kind === 'push') watch();
  });
  watch();

  return {
    handlers: {
      'corrections.readPhones': async ({ deviceId }) => {
        const devices = (await hub.list()).filter(
          ({ id, state }) => state === 'ready' && (deviceId ?? id) === id,
        );
        const sources = sourcesOn(devices);
        if (sources.length === 0) throw noPhone(devices);
        const looks = await Promise.allSettled(sources.map((source) => look(source, true)));
        const jobIds = looks.flatMap((each) =>
          each.status === 'fulfilled' && each.value !== undefined ? [each.value] : [],
        );
        const refused = looks.find((each) => each.status === 'rejected');
        if (jobIds.length === 0 && refused) throw refused.reason;
        const names = devices.map(({ name }) => name).join(' and ');
        return {
          jobIds,
          sentence:
            jobIds.length > 0
              ? `Taking corrections from ${names}.`
              : `There are no corrections on ${names}.`,
        };
      },
    },
    async dispose() {
      isOver = true;
      stopListening();
      stopWatching?.();
      clearInterval(timer);
      await looking.catch((error: unknown) => {
        if (!isCancelled(error)) throw error;
      });
    },
  };
}

const keyOf = ({ deviceId, target }: { deviceId: string; target: PushTarget }) =>
  `${deviceId} ${target.id}`;

const noPhone = (devices: readonly Device[]) =>
  devices.length === 0
    ? new AppError(
        'device-gone',
        'No phone is connected that can be read.',
        'Plug it in, unlock it, and try again; Deploy says what is in the way.',
      )
    : new AppError(
        'not-found',
        'This project has not pushed a model to the connected phone.',
        'Push one on the Deploy page: corrections of its answers come back here.',
      );
