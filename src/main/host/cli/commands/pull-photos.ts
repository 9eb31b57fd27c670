import { Command, Option } from 'commander';
import type { DeviceId } from '../../../../shared/domain/device';
import { type CommandLine, runCommand, withProject } from '../command-runner';
import { runJob } from '../follow-jobs';
import { importAnswer } from '../import-output';
import { onlyPhone } from '../only-phone';
import { dayOrTime, examples, jsonOption } from '../parse-option';
import { showProgress } from '../show-progress';

interface Options {
  device?: DeviceId;
  album?: string;
  since?: string;
  new?: boolean;
  label?: string;
  json?: boolean;
}

export function pullPhotosCommand(line: CommandLine): Command {
  return new Command('pull-photos')
    .description('Copy photos from a phone’s camera folders (DCIM) into the project.')
    .argument('<dir>', 'the project’s folder')
    .option('--device <id>', 'the phone; default: the only one that is ready')
    .option('--album <name>', 'a folder of its camera, like Camera; default: all')
    .addOption(
      new Option('--since <time>', 'photos of this day or time and later').argParser(dayOrTime),
    )
    .option('--new', 'only photos that did not come before; nothing new is an error then')
    .option('--label <name>', 'the label that all of them get; default: none')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'pocketlens pull-photos ~/things',
        'pocketlens pull-photos ~/things --device android:0A1B2C --album Camera --new',
        'pocketlens pull-photos ~/things --since 2026-03-04 --label banana --json',
      ),
    )
    .action((dir: string, options: Options) =>
      runCommand(line, options, () =>
        withProject(line, dir, async (_, client) => {
          const deviceId = options.device ?? (await onlyPhone(client));
          const { album, since, label, new: onlyNew } = options;
          const job = await runJob(
            client,
            () => client.call('phonePhotos.pull', { deviceId, album, since, onlyNew, label }),
            { signal: line.signal, onProgress: showProgress(line.terminal) },
          );
          return importAnswer(client, job);
        }),
      ),
    );
}
