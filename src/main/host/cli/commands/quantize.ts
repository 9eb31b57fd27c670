import { Command, Option } from 'commander';
import {
  type AwareRecord,
  type CalibrationChoice,
  calibrationChoiceSchema,
  ioTypeSchema,
  type ModelId,
  modelIdSchema,
  type QuantizationSettings,
  quantizationSettingsSchema,
  type RangeRule,
  rangeRuleSchema,
} from '../../../../shared/domain/model';
import type { MethodInput, StudioClient } from '../../../../shared/api/contract';
import { type Answer, type CommandLine, runCommand, withProject } from '../command-runner';
import { calibrationsText } from '../calibrations-output';
import { gainsText } from '../gains-output';
import { ladderText } from '../ladder-output';
import { runJob } from '../follow-jobs';
import { formatBytes, formatShare } from '../format';
import { latestTrained, modelPath } from '../model-files';
import { examples, jsonOption, modelId, names, points, wholeNumber } from '../parse-option';
import { quoteArgument } from '../quote-argument';
import { showProgress } from '../show-progress';

interface Options {
  model: string;
  precision: QuantizationSettings['precision'];
  io?: QuantizationSettings['io'];
  calibration?: number;
  photos?: CalibrationChoice;
  ranges?: RangeRule;
  biasCorrection?: boolean;
  equalize?: boolean;
  searchRounding?: boolean;
  keepFloat?: string[];
  aware?: number | true;
  budget?: number;
  tryCalibrations?: boolean;
  json?: boolean;
}

export function quantizeCommand(line: CommandLine): Command {
  return new Command('quantize')
    .description('Make a smaller copy of a trained model.')
    .argument('<dir>', 'the project’s folder')
    .addOption(
      new Option('--model <id>', 'the model to quantize')
        .default('latest')
        .argParser((text) => (text === 'latest' ? text : modelId(text))),
    )
    .addOption(
      new Option(
        '--precision <type>',
        'what weights are stored as; int16x8: int8 weights, int16 values',
      )
        .choices(quantizationSettingsSchema.shape.precision.unwrap().options)
        .default('int8'),
    )
    .addOption(
      new Option('--io <type>', 'input and output of an int8 model; default uint8').choices([
        ...ioTypeSchema.options,
      ]),
    )
    .addOption(
      new Option('--calibration <photos>', 'training photos to measure ranges on').argParser(
        wholeNumber(1, 2000),
      ),
    )
    .addOption(
      new Option('--photos <choice>', 'which training photos those are; default balanced').choices(
        calibrationChoiceSchema.options,
      ),
    )
    .addOption(
      new Option(
        '--ranges <rule>',
        'how ranges follow from what photos show; default min-max',
      ).choices(rangeRuleSchema.options),
    )
    .option('--equalize', 'make channels of int8 activations alike that are small beside others')
    .option(
      '--search-rounding',
      'round weights up or down so that their errors cancel out on calibration photos; takes longer',
    )
    .option('--no-bias-correction', 'leave biases as they are when weights are rounded')
    .addOption(
      new Option(
        '--keep-float <layers>',
        'tensors of an int8 or int16x8 model that are not rounded, by name, separated by commas; "pocketlens layers" tells which cost most',
      ).argParser(names),
    )
    .addOption(
      new Option(
        '--aware [blocks]',
        'train an int8 model for its rounding: its head or, with a number, so many last blocks with it (needs npm run tfjs-node:build)',
      ).argParser(wholeNumber(0, 100)),
    )
    .addOption(
      new Option(
        '--budget <points>',
        'try all forms, smallest first, and keep the first that loses at most so many percent points',
      ).argParser(points),
    )
    .option(
      '--try-calibrations',
      'make an int8 form with every choice of photos and every range rule, and tell how good each is',
    )
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'pocketlens quantize ~/things',
        'pocketlens quantize ~/things --model model-3 --io float32',
        'pocketlens quantize ~/things --ranges mse --no-bias-correction',
        'pocketlens quantize ~/things --precision int8-weights --search-rounding',
        'pocketlens quantize ~/things --keep-float stem/conv,blocks_0/dw',
        'pocketlens quantize ~/things --aware',
        'pocketlens quantize ~/things --budget 0.5',
        'pocketlens quantize ~/things --precision float16 --json',
      ),
    )
    .action((dir: string, options: Options) =>
      runCommand(line, options, () =>
        withProject(line, dir, async (app, client) => {
          const parent =
            options.model === 'latest'
              ? await latestTrained(client)
              : await client.call('models.get', { modelId: options.model });
          const { precision, io, calibration, ranges, biasCorrection, equalize, searchRounding } =
            options;
          const { keepFloat, aware } = options;
          const settings = {
            precision,
            io: precision === 'int8' ? io : ('float32' as const),
            calibration: { count: calibration, choice: options.photos, ranges },
            biasCorrection,
            equalization: equalize,
            roundingSearch: searchRounding,
            keepFloat,
            ...(aware === undefined ? {} : { aware: { blocks: aware === true ? 0 : aware } }),
          };
          const hooks = { signal: line.signal, onProgress: showProgress(line.terminal) };
          const { budget } = options;
          if (options.tryCalibrations) {
            return tryCalibrations(client, parent.id, { settings }, hooks);
          }
          if (budget !== undefined) return climb(client, parent.id, { budget, settings }, hooks);
          const job = await runJob(
            client,
            () => client.call('quantization.start', { modelId: parent.id, settings }),
            hooks,
          );
          const id = modelIdSchema.parse(job.result?.['modelId']);
          const model = await client.call('models.get', { modelId: id });
          const path = await modelPath(app, id);
          const { quantization } = model;
          return {
            json: {
              modelId: id,
              path,
              bytes: model.bytes,
              parentId: parent.id,
              parentBytes: parent.bytes,
              precision: model.precision,
              io: model.io,
              seconds: quantization?.seconds,
              calibrationPhotos: quantization?.calibrationPhotos,
              changes: quantization?.changes,
              check: quantization?.check,
              aware: quantization?.aware,
              gains: quantization?.gains,
              settings: quantization?.settings,
              provenance: model.provenance,
            },
            text: [
              `Made ${id} (${model.precision}) from ${parent.id}: ${formatBytes(model.bytes)} instead of ${formatBytes(parent.bytes)}.`,
              `It agrees with ${parent.id} on ${formatShare(quantization?.check.agreement ?? 0)} of ${quantization?.check.photos ?? 0} training and validation photos.`,
              ...awareText(quantization?.aware),
              ...(quantization?.gains ? ['', gainsText(quantization.gains), ''] : []),
              path,
              `Next: pocketlens compare ${quoteArgument(dir)}`,
            ].join('\n'),
          };
        }),
      ),
    );
}

function awareText(aware: AwareRecord | undefined): string[] {
  if (!aware) return [];
  const { accuracy, photos } = aware;
  return [
    `Trained for int8: ${formatShare(accuracy.aware)} of ${photos} validation photos right; by rounding alone ${formatShare(accuracy.plain)}.`,
  ];
}

/** The smallest form within a budget; the table says what became of each. */
async function climb(
  client: StudioClient,
  modelId: ModelId,
  asked: Omit<MethodInput<'quantization.climb'>, 'modelId'>,
  hooks: Parameters<typeof runJob>[2],
): Promise<Answer> {
  await runJob(client, () => client.call('quantization.climb', { modelId, ...asked }), hooks);
  const { ladder } = await client.call('quantization.ladder', { modelId });
  if (!ladder) throw new Error('A finished climb always left its ladder');
  return { json: ladder, text: ladderText(ladder) };
}

/** Every calibration, and what each makes of the model. */
async function tryCalibrations(
  client: StudioClient,
  modelId: ModelId,
  asked: Omit<MethodInput<'quantization.tryCalibrations'>, 'modelId'>,
  hooks: Parameters<typeof runJob>[2],
): Promise<Answer> {
  const start = () => client.call('quantization.tryCalibrations', { modelId, ...asked });
  await runJob(client, start, hooks);
  const { trials } = await client.call('quantization.calibrations', { modelId });
  if (!trials) throw new Error('Finished trials always left their table');
  return { json: trials, text: calibrationsText(trials) };
}
