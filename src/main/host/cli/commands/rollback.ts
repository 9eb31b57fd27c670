import { Command } from 'commander';
import { type CommandLine, runCommand, withProject } from '../command-runner';
import { deploymentText } from '../deployment-output';
import { runJob } from '../follow-jobs';
import { onlyPhone } from '../only-phone';
import { examples, jsonOption } from '../parse-option';
import { showProgress } from '../show-progress';
import { targetNamed } from '../target-named';
import { deploymentOf } from './push';

interface Options {
  device?: string;
  target: string;
  json?: boolean;
}

export function rollbackCommand(line: CommandLine): Command {
  return new Command('rollback')
    .description('Bring back the model that a phone ran before.')
    .argument('<dir>', 'the project’s folder')
    .option('--device <id>', 'the phone; default: the only one that is ready')
    .option(
      '--target <name>',
      'the app or folder, as the Deploy page calls it, or its id',
      'companion',
    )
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'pocketlens rollback ~/things --device android:0A1B2C',
        'pocketlens rollback ~/things --target "My app" --json',
      ),
    )
    .action((dir: string, options: Options) =>
      runCommand(line, options, () =>
        withProject(line, dir, async (_, client) => {
          const targetId = await targetNamed(client, options.target);
          const deviceId = options.device ?? (await onlyPhone(client));
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
