import { Command, Option } from 'commander';
import type { StudioClient } from '../../../../shared/api/contract';
import { AppError } from '../../../../shared/api/errors';
import type { Augmentation } from '../../../../shared/domain/fine-tuning';
import type { JobId } from '../../../../shared/domain/job';
import { modelIdSchema, type TrainingSettings } from '../../../../shared/domain/model';
import { type CommandLine, runCommand, withProject } from '../command-runner';
import { runJob } from '../follow-jobs';
import { count, formatBytes, formatShare } from '../format';
import { modelPath } from '../model-files';
import { augmentation } from '../parse-augmentation';
import { examples, jsonOption, positiveNumber, shareUpTo, wholeNumber } from '../parse-option';
import { quoteArgument } from '../quote-argument';
import { showProgress } from '../show-progress';

interface Options extends Partial<Omit<TrainingSettings, 'fineTuning'>> {
  json?: boolean;
  fineTune?: number;
  fineTuneEpochs?: number;
  augment?: Augmentation;
  resume?: boolean;
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
    .addOption(
      new Option(
        '--fine-tune <blocks>',
        'train so many last blocks of the backbone, too (needs npm run tfjs-node:build)',
      ).argParser(wholeNumber(1, 100)),
    )
    .addOption(
      new Option('--fine-tune-epochs <number>', 'passes over the photos with them').argParser(
        wholeNumber(1, 500),
      ),
    )
    .addOption(
      new Option(
        '--augment <changes>',
        'how photos are changed meanwhile: none, or some of flip, crop, rotate, color, blur, cutout',
      ).argParser(augmentation),
    )
    .option('--resume', 'go on with the newest training that did not come to its end')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'pocketlens train ~/things',
        'pocketlens train ~/things --epochs 100 --seed 7 --json',
        'pocketlens train ~/things --backbone efficientnet-lite2',
        'pocketlens train ~/things --fine-tune 2 --augment flip,crop=0.3,rotate=20,color=0.3,blur=1.5',
        'pocketlens train ~/things --resume',
      ),
    )
    .action((dir: string, { json, ...options }: Options) =>
      runCommand(line, { json }, () =>
        withProject(line, dir, async (app, client) => {
          const job = await runJob(client, () => begin(client, options), {
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
              fineTuning: training?.fineTuning,
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

/** A new training by the options, or an old one again. */
function begin(
  client: StudioClient,
  { fineTune, fineTuneEpochs, augment, resume, ...settings }: Options,
): Promise<{ jobId: JobId }> {
  if (resume) return resumeTraining(client);
  if (fineTune === undefined) {
    if (fineTuneEpochs === undefined && augment === undefined) {
      return client.call('training.start', { settings });
    }
    throw new AppError(
      'bad-request',
      '--augment and --fine-tune-epochs belong to --fine-tune.',
      'Say how many last blocks to train, like --fine-tune 2.',
    );
  }
  const fineTuning = {
    blocks: fineTune,
    ...(fineTuneEpochs === undefined ? {} : { epochs: fineTuneEpochs }),
    ...(augment ? { augmentation: augment } : {}),
  };
  return client.call('training.start', { settings: { ...settings, fineTuning } });
}

async function resumeTraining(client: StudioClient): Promise<{ jobId: JobId }> {
  const { jobs } = await client.call('jobs.list', {});
  const unfinished = jobs.find(
    ({ kind, state, resumable }) =>
      kind === 'train' && resumable && ['interrupted', 'cancelled', 'failed'].includes(state),
  );
  if (unfinished) return client.call('jobs.resume', { jobId: unfinished.id });
  throw new AppError(
    'not-found',
    'There is no training that could be gone on with.',
    'Start one: leave --resume out.',
  );
}
