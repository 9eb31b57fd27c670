import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import { modelIdSchema } from '../../../../shared/domain/model';
import { readLabelsFile } from '../../../platform/read-labels-file';
import { type CommandLine, runCommand, withProject } from '../command-runner';
import { runJob } from '../follow-jobs';
import { count, formatBytes } from '../format';
import { modelPath } from '../model-files';
import { examples, finiteNumber, jsonOption, positiveNumber, shareUpTo } from '../parse-option';
import { quoteArgument } from '../quote-argument';
import { showProgress } from '../show-progress';
import { proofText } from '../proof-text';
import { openAsBase } from './open-as-base';

interface Options {
  labels?: string;
  mean?: number;
  std?: number;
  crop?: number;
  asBase?: boolean;
  json?: boolean;
}

export function importModelCommand(line: CommandLine): Command {
  return new Command('import-model')
    .description(
      'Take in a classifier that was made elsewhere, of TensorFlow Lite or TensorFlow.js, to compare and quantize it, or to train on it.',
    )
    .argument('<dir>', 'the project’s folder')
    .argument(
      '<file>',
      'a .tflite file, or a TensorFlow.js layers model: its model.json, folder or zip',
    )
    .option('--labels <file>', 'its labels, one a line, in the order of its answers')
    .addOption(new Option('--mean <number>', 'of bytes 0 to 255').argParser(finiteNumber))
    .addOption(new Option('--std <number>', 'of bytes 0 to 255').argParser(positiveNumber))
    .addOption(
      new Option('--crop <share>', 'of the short side, cut out of the middle; default 1').argParser(
        shareUpTo(1),
      ),
    )
    .addOption(
      new Option(
        '--as-base',
        'cut it at its features, to train heads on them; it needs none of the project’s labels',
      ).conflicts('labels'),
    )
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'pocketlens import-model ~/things graph.lite --labels labels.txt --mean 127.5 --std 127.5',
        'pocketlens import-model ~/things rival.tflite',
        'pocketlens import-model ~/things tm-my-image-model.zip',
        'pocketlens import-model ~/things graph.lite --as-base --mean 127.5 --std 127.5',
      ),
    )
    .action((dir: string, file: string, options: Options) =>
      runCommand(line, options, () =>
        withProject(line, dir, async (app, client) => {
          const { mean, std, crop } = options;
          if (options.asBase) return openAsBase({ dir, file, options }, line, app, client);
          const labels =
            options.labels === undefined ? undefined : await readLabelsFile(options.labels);
          const sourceId = app.staging.stagePaths([resolve(file)]);
          const stated = { labels, mean, std, cropFraction: crop };
          const job = await runJob(
            client,
            () => client.call('models.import', { sourceId, stated }),
            { signal: line.signal, onProgress: showProgress(line.terminal) },
          );
          const modelId = modelIdSchema.parse(job.result?.['modelId']);
          const model = await client.call('models.get', { modelId });
          const path = await modelPath(app, modelId);
          const { models } = await client.call('models.list', {});
          const rival = models.find(({ id }) => id !== modelId);
          const leftOut = model.imported?.leftOut.length ?? 0;
          return {
            json: { ...model, path },
            text: [
              `Opened ${modelId}: ${model.name}, ${model.precision}, ${formatBytes(model.bytes)}.`,
              ...(model.imported?.changes ?? []).map(({ description }) => `${description}.`),
              ...(model.imported ? [proofText(model.imported.proof, 'a probability')] : []),
              ...(leftOut > 0
                ? [`Left out: ${count(leftOut, 'answer')} the project has no labels for.`]
                : []),
              path,
              ...(rival
                ? [`Next: pocketlens compare ${quoteArgument(dir)} --models ${rival.id},${modelId}`]
                : []),
            ].join('\n'),
          };
        }),
      ),
    );
}
