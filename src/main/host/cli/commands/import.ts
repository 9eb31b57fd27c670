import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import { type CommandLine, runCommand, withProject } from '../command-runner';
import { runJob } from '../follow-jobs';
import { importAnswer } from '../import-output';
import { examples, jsonOption } from '../parse-option';
import { showProgress } from '../show-progress';

interface Options {
  copy?: boolean;
  labels: 'folders' | 'none';
  json?: boolean;
}

export function importCommand(line: CommandLine): Command {
  return new Command('import')
    .description(
      'Add photos. Folders, or a COCO, CSV or TFRecord file with them, say their labels.',
    )
    .argument('<dir>', 'the project’s folder')
    .argument('<path...>', 'photos, folders, zip archives, COCO, CSV or TFRecord files, projects')
    .option('--copy', 'store the photos in the project; default: they stay where they are')
    .addOption(
      new Option('--labels <source>', 'where labels come from')
        .choices(['folders', 'none'])
        .default('folders'),
    )
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'pocketlens import ~/things ~/photos',
        'pocketlens import ~/things new.zip --copy --json',
        'pocketlens import ~/things ~/bought/annotations.json',
        'pocketlens import ~/things ~/unsorted --labels none',
      ),
    )
    .action((dir: string, paths: string[], options: Options) =>
      runCommand(line, options, () =>
        withProject(line, dir, async (app, client) => {
          const sourceId = app.staging.stagePaths(paths.map((path) => resolve(path)));
          const job = await runJob(
            client,
            () =>
              client.call('dataset.importPhotos', {
                sourceIds: [sourceId],
                copy: options.copy ?? false,
                labels: options.labels,
              }),
            { signal: line.signal, onProgress: showProgress(line.terminal) },
          );
          return importAnswer(client, job);
        }),
      ),
    );
}
