import { Command } from 'commander';
import { type CommandLine, runCommand, withProject } from '../command-runner';
import { deploymentText } from '../deployment-output';
import { runJob } from '../follow-jobs';
import { examples, jsonOption } from '../parse-option';
import { showProgress } from '../show-progress';
import { deploymentOf } from './push';

interface Options {
  device: string;
  target: string;
  json?: boolean;
}

export function rollbackCommand(line: CommandLine): Command {
  return new Command('rollback')
    .description('Bring back the model that a phone ran before.')
    .argument('<dir>', 'the project’s folder')
    .requiredOption('--device <id>', 'the phone')
    .option('--target <id>', 'the app or folder, as the Deploy page lists them', 'companion')
    .addOption(jsonOption())
    .addHelpText('after', examples('pocketlens rollback ~/things --device android:0A1B2C'))
    .action((dir: string, options: Options) =>
      runCommand(line, options, () =>
        withProject(line, dir, async (_, client) => {
          const { device: deviceId, target: targetId } = options;
          const job = await runJob(
            client,
            () => client.call('deploy.rollBack', { deviceId, targetId }),
            { signal: line.signal, onProgress: showProgress(line.terminal) },
          );
          const deployment = await deploymentOf(client, job.result?.['deploymentId']);
          return { json: deployment, text: deploymentText(deployment) };
        }),
      ),
    );
}
