import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import { type CommandLine, runCommand, withProject } from '../command-runner';
import { runJob } from '../follow-jobs';
import { examples, jsonOption, modelId } from '../parse-option';
import { showProgress } from '../show-progress';

interface Options {
  model: string;
  to: string;
  json?: boolean;
}

export function exportCommand(line: CommandLine): Command {
  return new Command('export')
    .description('Write a folder for app developers: model, labels, contract, report, example.')
    .argument('<dir>', 'the project’s folder')
    .addOption(
      new Option('--model <id>', 'the model to export').argParser(modelId).makeOptionMandatory(),
    )
    .requiredOption('--to <dir>', 'the folder to write into')
    .addOption(jsonOption())
    .addHelpText('after', examples('pocketlens export ~/things --model model-2 --to ~/for-the-app'))
    .action((dir: string, options: Options) =>
      runCommand(line, options, () =>
        withProject(line, dir, async (app, client) => {
          const folder = resolve(options.to);
          const placeId = app.staging.stagePlace(folder);
          const job = await runJob(
            client,
            () => client.call('deploy.exportModel', { modelId: options.model, placeId }),
            { signal: line.signal, onProgress: showProgress(line.terminal) },
          );
          return {
            json: { modelId: options.model, folder, ...job.result },
            text: `Exported ${options.model} to ${folder}.`,
          };
        }),
      ),
    );
}
