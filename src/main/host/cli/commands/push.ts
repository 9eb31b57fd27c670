import { Command, Option } from 'commander';
import type { StudioClient } from '../../../../shared/api/contract';
import { AppError, isCancelled } from '../../../../shared/api/errors';
import type { Deployment } from '../../../../shared/domain/deployment';
import type { DeviceId } from '../../../../shared/domain/device';
import type { ModelId } from '../../../../shared/domain/model';
import { type Answer, type CommandLine, runCommand, withProject } from '../command-runner';
import { deploymentText } from '../deployment-output';
import { exitCodes } from '../exit-codes';
import { runJob } from '../follow-jobs';
import { onlyPhone } from '../only-phone';
import { examples, jsonOption, modelId, several } from '../parse-option';
import { showProgress } from '../show-progress';
import { targetNamed } from '../target-named';

interface Options {
  model: ModelId[];
  device?: DeviceId[];
  target: string;
  installApp?: boolean;
  json?: boolean;
}

export function pushCommand(line: CommandLine): Command {
  return new Command('push')
    .description('Bring models to phones, verified by hash and by golden photos.')
    .argument('<dir>', 'the project’s folder')
    .addOption(
      new Option('--model <id>', 'the model; again for more, the first is the one to run')
        .argParser(several(modelId))
        .makeOptionMandatory(),
    )
    .addOption(
      new Option(
        '--device <id>',
        'the phone; again for more; default: the only one that is ready',
      ).argParser(several((text) => text)),
    )
    .option(
      '--target <name>',
      'the app or folder, as the Deploy page calls it, or its id',
      'companion',
    )
    .option('--install-app', 'first put the Pocketlens companion on the phone, or its newest form')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'pocketlens push ~/things --model model-2',
        'pocketlens push ~/things --model model-2 --install-app',
        'pocketlens push ~/things --model model-2 --model model-1 --device android:0A1B2C',
        'pocketlens push ~/things --model model-2 --device ios:0000 --target "My app" --json',
      ),
    )
    .action((dir: string, options: Options) =>
      runCommand(line, options, () =>
        withProject(line, dir, async (_, client) => {
          const target = await targetNamed(client, options.target);
          const deviceIds = options.device ?? [await onlyPhone(client)];
          const outcomes = await Promise.all(
            deviceIds.map((deviceId) => pushTo(line, client, deviceId, { ...options, target })),
          );
          return answerOf(line, outcomes);
        }),
      ),
    );
}

export type Outcome =
  | { deviceId: DeviceId; deployment: Deployment }
  | { deviceId: DeviceId; error: AppError };

export async function pushTo(
  line: CommandLine,
  client: StudioClient,
  deviceId: DeviceId,
  {
    model: modelIds,
    target: targetId,
    installApp,
  }: Pick<Options, 'model' | 'target' | 'installApp'>,
): Promise<Outcome> {
  try {
    const job = await runJob(
      client,
      async () => {
        const { jobIds } = await client.call('deploy.push', {
          modelIds,
          deviceIds: [deviceId],
          targetId,
          installApp,
        });
        const [jobId] = jobIds;
        if (jobId === undefined) throw new Error('A push always starts a job a phone');
        return { jobId };
      },
      { signal: line.signal, onProgress: showProgress(line.terminal) },
    );
    return { deviceId, deployment: await deploymentOf(client, job.result?.['deploymentId']) };
  } catch (error) {
    // One phone that fails must not keep the others from being told of.
    if (!(error instanceof AppError) || isCancelled(error)) throw error;
    return { deviceId, error };
  }
}

export async function deploymentOf(
  client: StudioClient,
  id: string | undefined,
): Promise<Deployment> {
  const { deployments } = await client.call('deploy.pushes', {});
  const found = deployments.find((deployment) => deployment.id === id);
  if (!found) throw new Error('A finished push always left its deployment');
  return found;
}

function answerOf(line: CommandLine, outcomes: readonly Outcome[]): Answer {
  const [only] = outcomes;
  if (outcomes.length === 1 && only && 'error' in only) throw only.error;
  const isBad = outcomes.some(
    (outcome) => 'error' in outcome || outcome.deployment.state === 'wrong',
  );
  if (isBad) line.setExitCode(exitCodes.failed);
  return {
    json: {
      pushes: outcomes.map(outcomeOf),
    },
    text: outcomes.map(outcomeText).join('\n'),
  };
}

export const outcomeOf = (outcome: Outcome) =>
  'error' in outcome
    ? { deviceId: outcome.deviceId, error: outcome.error.toShape() }
    : { deviceId: outcome.deviceId, deployment: outcome.deployment };

export const outcomeText = (outcome: Outcome) =>
  'error' in outcome
    ? `${outcome.deviceId}: ${[outcome.error.message, outcome.error.remedy].filter(Boolean).join(' — ')}`
    : deploymentText(outcome.deployment);
