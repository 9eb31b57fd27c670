import { Command, Option } from 'commander';
import { measuredPhotos } from '../../../../shared/domain/phone-measurement';
import type { ModelId } from '../../../../shared/domain/model';
import { type CommandLine, runCommand, withProject } from '../command-runner';
import { runJob } from '../follow-jobs';
import { onlyPhone } from '../only-phone';
import { examples, jsonOption, modelId, several, wholeNumber } from '../parse-option';
import { phoneMeasurementText } from '../phone-measurement-output';
import { showProgress } from '../show-progress';
import { targetNamed } from '../target-named';

interface Options {
  model: ModelId[];
  device?: string;
  target: string;
  photos: number;
  json?: boolean;
}

export function measureCommand(line: CommandLine): Command {
  return new Command('measure')
    .description('Have an app on a phone answer test photos: how right, how fast, how alike.')
    .argument('<dir>', 'the project’s folder')
    .addOption(
      new Option('--model <id>', 'the model; again for more, such as its float one')
        .argParser(several(modelId))
        .makeOptionMandatory(),
    )
    .option('--device <id>', 'the phone; default: the only one that is ready')
    .option(
      '--target <name>',
      'an app that speaks the companion protocol, as the Deploy page calls it, or its id',
      'companion',
    )
    .addOption(
      new Option('--photos <count>', 'test photos, the same share of every label')
        .argParser(wholeNumber(measuredPhotos.least, measuredPhotos.most))
        .default(measuredPhotos.default),
    )
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'pocketlens measure ~/things --model model-2',
        'pocketlens measure ~/things --model model-2 --model model-1 --photos 100 --json',
      ),
    )
    .action((dir: string, options: Options) =>
      runCommand(line, options, () =>
        withProject(line, dir, async (_, client) => {
          const { model, photos } = options;
          const targetId = await targetNamed(client, options.target);
          const deviceId = options.device ?? (await onlyPhone(client));
          const job = await runJob(
            client,
            () =>
              client.call('phoneMeasurements.measure', {
                deviceId,
                modelIds: model,
                targetId,
                photos,
              }),
            { signal: line.signal, onProgress: showProgress(line.terminal) },
          );
          const { measurements } = await client.call('phoneMeasurements.list', {});
          const measured = measurements.find(({ id }) => id === job.result?.['measurementId']);
          if (!measured) throw new Error('A finished measurement is always stored');
          return { json: measured, text: phoneMeasurementText(measured) };
        }),
      ),
    );
}
