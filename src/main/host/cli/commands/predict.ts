import { resolve } from 'node:path';
import { Command } from 'commander';
import { predictPhotos } from '../../../app/predict-photos';
import { type CommandLine, runCommand } from '../command-runner';
import { formatShare } from '../format';
import { examples, jsonOption } from '../parse-option';
import { formatTable } from '../table';

/** Labels printed a photo; --json has them all. */
const printedLabels = 3;

export function predictCommand(line: CommandLine): Command {
  return new Command('predict')
    .description('Ask a model what is on photos. Needs no project.')
    .argument('<model>', 'a .tflite file that Pocketlens Studio made')
    .argument('<photo...>', 'photos')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'pocketlens predict models/model-2.tflite photo.jpg',
        'pocketlens predict model-2.tflite *.jpg --json',
      ),
    )
    .action((model: string, photos: string[], options: { json?: boolean }) =>
      runCommand(line, options, async () => {
        const { runtime, predictions } = await predictPhotos(line.environment, {
          modelFile: resolve(model),
          photos: photos.map((photo) => resolve(photo)),
          signal: line.signal,
        });
        const rows = predictions.map(({ labels, error }, index) => [
          photos[index] ?? '',
          error ??
            labels
              .slice(0, printedLabels)
              .map(({ label, probability }) => `${label} ${formatShare(probability)}`)
              .join(', '),
        ]);
        if (predictions.some(({ error }) => error !== undefined)) line.setExitCode(1);
        return {
          json: {
            model,
            runtime,
            photos: predictions.map((prediction, index) => ({
              photo: photos[index],
              ...prediction,
            })),
          },
          text: formatTable([{ header: 'Photo' }, { header: 'Answers' }], rows),
        };
      }),
    );
}
