import { userInfo } from 'node:os';
import type { HandlersOf } from '../../../../shared/api/contract';
import type { deployApi } from '../../../../shared/api/deploy-api';
import { AppError } from '../../../../shared/api/errors';
import {
  type Deployment,
  type DeploymentId,
  previousDeployment,
} from '../../../../shared/domain/deployment';
import type { Device, DeviceId } from '../../../../shared/domain/device';
import type { JobId } from '../../../../shared/domain/job';
import type { Model, ModelId } from '../../../../shared/domain/model';
import type { DeviceHub } from '../../../platform/devices/device-hub';
import type { Dataset, Deployments, JobHandle, Jobs, Models, ProjectContext } from '../../ports';
import { createDeploymentRepository } from './deployment-repository';
import type { Errands } from './errands';
import { requireNamesApart } from './plain-names';
import { pushToPhone } from './push-to-phone';
import { createStoredTargets } from './stored-targets';

export interface PhonesParts {
  context: ProjectContext;
  jobs: Jobs;
  dataset: Dataset;
  models: Models;
  hub: DeviceHub;
  errands: Errands;
  /** Our Android app, once it is built. */
  companionApk?: string | undefined;
  /** How long an app may take to answer golden photos. */
  patienceMs?: number;
  /** How long a phone that goes away in the middle of a push is waited for; default: some seconds. */
  againAfterMs?: readonly number[];
}

/** What a push job was asked to do. */
export interface PushParameters {
  deviceId: DeviceId;
  deviceName: string;
  targetId: string;
  modelIds: ModelId[];
  restores?: DeploymentId;
  installApp?: boolean;
}

interface StartedPush {
  jobId: JobId;
  parameters: PushParameters;
}

/** A slow phone must not hold up the others. */
const pushesAtOnce = 16;

export function createPhonesService(parts: PhonesParts): {
  handlers: Omit<HandlersOf<typeof deployApi>, 'deploy.exportModel'>;
  deployments: Deployments;
} {
  const { context, jobs, models, hub, errands } = parts;
  const targets = createStoredTargets(context.database);
  const deployments = createDeploymentRepository(context.database);
  const pushes = new Map<DeviceId, StartedPush>();
  const changed = () => context.emit('deploy.changed', {});

  jobs.register<PushParameters>('push', {
    resumable: true,
    atOnce: pushesAtOnce,
    run: (parameters, job) => push(parameters, job),
  });

  async function push(parameters: PushParameters, job: JobHandle) {
    // One that is resumed was not started here.
    pushes.set(parameters.deviceId, { jobId: job.id, parameters });
    errands.began(parameters.deviceId, job.id);
    const target = targets.get(parameters.targetId);
    const pushed = parameters.modelIds.map((id) => models.get(id));
    const outcome = await pushToPhone(parts, {
      deviceId: parameters.deviceId,
      target,
      models: pushed,
      history: deployments.list(),
      job,
      installApp: parameters.installApp ?? false,
    });
    const { id } = deployments.add({
      deviceId: parameters.deviceId,
      deviceName: parameters.deviceName,
      target,
      models: pushed.map(({ id: modelId, name, precision, sha256, bytes }) => ({
        modelId,
        name,
        precision,
        sha256,
        bytes,
      })),
      at: context.now().toISOString(),
      by: accountName(),
      ...outcome,
      ...(parameters.restores === undefined ? {} : { restores: parameters.restores }),
    });
    changed();
    return { deploymentId: id };
  }

  function start(parameters: PushParameters, title: string): JobId {
    const jobId = jobs.start<PushParameters>('push', title, parameters);
    pushes.set(parameters.deviceId, { jobId, parameters });
    errands.began(parameters.deviceId, jobId);
    changed();
    return jobId;
  }

  return {
    deployments,
    handlers: {
      'deploy.pushes': () => ({
        targets: targets.list(),
        deployments: deployments.list(),
        pushes: [...pushes.values()].map(({ jobId, parameters }) => ({
          jobId,
          deviceId: parameters.deviceId,
          targetId: parameters.targetId,
          modelIds: parameters.modelIds,
        })),
      }),
      'deploy.push': async ({ modelIds, deviceIds, targetId, installApp = false }) => {
        const pushed = modelIds.map((id) => models.get(id));
        requireNamesApart(targets.get(targetId), pushed);
        const there = await hub.list();
        const phones = deviceIds.map((id) => phoneOf(id, there, deployments.list()));
        for (const { id, name } of phones) errands.requireNone(id, name);
        return {
          jobIds: phones.map(({ id, name }) =>
            start(
              { deviceId: id, deviceName: name, targetId, modelIds, installApp },
              `Pushing ${namesOf(pushed)} to ${name}`,
            ),
          ),
        };
      },
      'deploy.rollBack': ({ deviceId, targetId }) => {
        const list = deployments.list();
        const current = list.find(
          ({ deviceId: of, target }) => of === deviceId && target.id === targetId,
        );
        const previous = current && previousDeployment(list, current);
        if (!previous) {
          throw new AppError(
            'not-found',
            'There is nothing to go back to: this phone got no other model from this project.',
            'Push the model that you want.',
          );
        }
        const { deviceName } = previous;
        errands.requireNone(deviceId, deviceName);
        const modelIds = previous.models.map(({ modelId }) => modelId);
        requireThere(models, previous);
        const names = namesOf(modelIds.map((id) => models.get(id)));
        const parameters = { deviceId, deviceName, targetId, modelIds, restores: previous.id };
        return { jobId: start(parameters, `Rolling ${deviceName} back to ${names}`) };
      },
      'deploy.saveTarget': (target) => {
        const saved = targets.save(target);
        changed();
        return { target: saved };
      },
      'deploy.removeTarget': ({ targetId }) => {
        targets.remove(targetId);
        changed();
        return {};
      },
    },
  };
}

/** @throws AppError 'device-gone' when neither plugged in nor known from before. */
function phoneOf(
  id: DeviceId,
  there: readonly Device[],
  history: readonly Deployment[],
): { id: DeviceId; name: string } {
  const device = there.find((one) => one.id === id);
  if (device) return { id, name: device.name };
  const before = history.find(({ deviceId }) => deviceId === id);
  throw new AppError(
    'device-gone',
    `${before?.deviceName ?? id} is not connected.`,
    'Plug it in, unlock it, and push again. “pocketlens devices” lists those that are there.',
  );
}

/** @throws AppError 'not-found' when a model was removed since it was pushed. */
function requireThere(models: Models, { deviceName, models: pushed }: Deployment): void {
  const there = new Set(models.list().map(({ id }) => id));
  const gone = pushed.filter(({ modelId }) => !there.has(modelId));
  if (gone.length === 0) return;
  throw new AppError(
    'not-found',
    `${deviceName} can’t go back to ${namesOf(gone)}: this project does not have it any more.`,
    'Push another model.',
  );
}

const namesOf = (models: readonly Pick<Model, 'name'>[]) =>
  models.map(({ name }) => name).join(' and ');

function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    // An account without a name, as in some containers.
    return 'unknown';
  }
}
