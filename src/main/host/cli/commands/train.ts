import { Command, Option } from 'commander';
import { modelIdSchema, type TrainingSettings } from '../../../../shared/domain/model';
import { type CommandLine, runCommand, withProject } from '../command-runner';
import { runJob } from '../follow-jobs';
import { count, formatBytes, formatShare } from '../format';
import { modelPath } from '../model-files';
import { examples, jsonOption, positiveNumber, shareUpTo, wholeNumber } from '../parse-option';
import { quoteArgument } from '../quote-argument';
import { showProgress } from '../show-progress';

interface Options extends Partial<TrainingSettings> {
  json?: boolean;
}

export function trainCommand(line: CommandLine): Command {
  return new Command('train')
    .description('Train a float32 model on the labeled photos.')
    .argument('<dir>', 'the project’s folder')
    .option('--backbone <name>', 'pretrained network to build on')
    .addOption(
      new Option('--epochs <number>', 'passes over the photos at most').argParser(
        wholeNumber(1, 1000),
      ),
    )
    .addOption(
      new Option('--seed <number>', 'equal seeds give equal models').argParser(
        wholeNumber(0, 0x7fffffff),
      ),
    )
    .addOption(
      new Option('--learning-rate <number>', 'step size of Adam').argParser(positiveNumber),
    )
    .addOption(
      new Option('--hidden-units <number>', 'units of a layer before the last').argParser(
        wholeNumber(0, 2048),
      ),
    )
    .addOption(
      new Option('--dropout <share>', 'features left out at random').argParser(shareUpTo(0.9)),
    )
    .addOption(
      new Option(
        '--label-smoothing <share>',
        'doubt about labels, spread over all of them',
      ).argParser(shareUpTo(0.5)),
    )
    .option('--mirror', 'train on mirrored photos too')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'pocketlens train ~/things',
        'pocketlens train ~/things --epochs 100 --seed 7 --json',
        'pocketlens train ~/things --backbone efficientnet-lite2',
      ),
    )
    .action((dir: string, { json, ...settings }: Options) =>
      runCommand(line, { json }, () =>
        withProject(line, dir, async (app, client) => {
          const job = await runJob(client, () => client.call('training.start', { settings }), {
            signal: line.signal,
            onProgress: showProgress(line.terminal),
          });
          const modelId = modelIdSchema.parse(job.result?.['modelId']);
          const model = await client.call('models.get', { modelId });
          const path = await modelPath(app, modelId);
          const { training } = model;
          const accuracy = training?.accuracy ?? { train: 0, validation: 0 };
          return {
            json: {
              modelId,
              path,
              accuracy,
              bytes: model.bytes,
              precision: model.precision,
              backbone: model.backbone,
              versionId: model.versionId,
              labels: model.preprocessing.labels,
              epochs: training?.epochs.length,
              bestEpoch: training?.bestEpoch,
              stopped: training?.stopped,
              seconds: training?.seconds,
              engine: training?.engine,
              settings: training?.settings,
              counts: training?.counts,
              changes: training?.changes,
              check: training?.check,
              provenance: model.provenance,
            },
            text: [
              `Trained ${modelId} in ${count(training?.epochs.length ?? 0, 'epoch')}: ${formatShare(accuracy.validation)} right on the validation split, ${formatShare(accuracy.train)} on the training split.`,
              `${path} (${formatBytes(model.bytes)})`,
              `Next: pocketlens quantize ${quoteArgument(dir)}`,
            ].join('\n'),
          };
        }),
      ),
    );
}
