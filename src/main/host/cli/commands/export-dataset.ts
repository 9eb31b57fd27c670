import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import { type DatasetFormat, datasetFormats } from '../../../../shared/api/dataset-export-api';
import { type CommandLine, runCommand, withProject } from '../command-runner';
import { runJob } from '../follow-jobs';
import { count } from '../format';
import { examples, jsonOption, versionId } from '../parse-option';
import { showProgress } from '../show-progress';

interface Options {
  format: DatasetFormat;
  to: string;
  zip?: boolean;
  split: boolean;
  version?: string;
  includeUnlabeled?: boolean;
  includeExcluded?: boolean;
  json?: boolean;
}

export function exportDatasetCommand(line: CommandLine): Command {
  return new Command('export-dataset')
    .description('Write the labeled photos out: in folders, or with a CSV or COCO file.')
    .argument('<dir>', 'the project’s folder')
    .addOption(
      new Option('--format <format>', 'how labels are written')
        .choices(datasetFormats)
        .default('folder'),
    )
    .requiredOption('--to <path>', 'a new or empty folder, or a new zip file; or where to make one')
    .option('--zip', 'one zip file')
    .option('--no-split', 'leave splits out')
    .addOption(
      new Option('--version <version>', 'the photos of a frozen version').argParser(versionId),
    )
    .option('--include-unlabeled', 'photos without a label, too')
    .option('--include-excluded', 'excluded photos, too')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'pocketlens export-dataset ~/things --to ~/things-as-folders',
        'pocketlens export-dataset ~/things --format coco --zip --to ~/things.zip',
      ),
    )
    .action((dir: string, options: Options) =>
      runCommand(line, options, () =>
        withProject(line, dir, async (app, client) => {
          const placeId = app.staging.stagePlace(resolve(options.to));
          const { version } = options;
          const job = await runJob(
            client,
            () =>
              client.call('datasetExport.start', {
                format: options.format,
                splits: options.split,
                zip: options.zip ?? false,
                scope:
                  version === undefined ? { kind: 'all' } : { kind: 'version', versionId: version },
                unlabeled: options.includeUnlabeled ?? false,
                excluded: options.includeExcluded ?? false,
                placeId,
              }),
            { signal: line.signal, onProgress: showProgress(line.terminal) },
          );
          const { path = '', photos, leftOut } = job.result ?? {};
          const written = count(Number(photos), 'photo');
          return {
            json: {
              path,
              format: options.format,
              photos: Number(photos),
              leftOut: Number(leftOut),
              log: job.log,
            },
            text: [`Exported ${written} to ${path}.`, ...job.log].join('\n'),
          };
        }),
      ),
    );
}
