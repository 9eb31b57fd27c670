import { Command, Option } from 'commander';
import { describeMistake } from '../../../../shared/domain/describe-mistake';
import type { PreprocessingCheck } from '../../../../shared/domain/preprocessing-check';
import { type CommandLine, runCommand, withProject } from '../command-runner';
import { runJob } from '../follow-jobs';
import { formatShare } from '../format';
import { examples, jsonOption, modelId } from '../parse-option';
import { showProgress } from '../show-progress';
import { formatTable } from '../table';

interface Options {
  model: string;
  json?: boolean;
}

export function checkPreprocessingCommand(line: CommandLine): Command {
  return new Command('check-preprocessing')
    .description('Tell what a model answers when an app prepares photos wrongly.')
    .argument('<dir>', 'the project’s folder')
    .addOption(
      new Option('--model <id>', 'the model that runs in the app')
        .makeOptionMandatory()
        .argParser(modelId),
    )
    .addOption(jsonOption())
    .addHelpText('after', examples('pocketlens check-preprocessing ~/things --model model-2'))
    .action((dir: string, options: Options) =>
      runCommand(line, options, () =>
        withProject(line, dir, async (_, client) => {
          const asked = { modelId: options.model };
          await runJob(client, () => client.call('preprocessing.check', asked), {
            signal: line.signal,
            onProgress: showProgress(line.terminal),
          });
          const { check } = await client.call('preprocessing.lastCheck', asked);
          if (!check) throw new Error('A finished check always left its figures');
          return { json: check, text: checkText(check) };
        }),
      ),
    );
}

function checkText(check: PreprocessingCheck): string {
  const { photos, right, effects, harmless, split, versionId, runtime } = check;
  const favorite = ({ label, share }: PreprocessingCheck['right']['favorite']) =>
    `${label} (${formatShare(share)})`;
  const table = formatTable(
    [
      { header: 'Mistake' },
      { header: 'Right', align: 'right' },
      { header: 'Same answer', align: 'right' },
      { header: 'Probability', align: 'right' },
      { header: 'Most frequent answer' },
    ],
    [
      [
        'none',
        formatShare(right.correct / photos),
        '',
        formatShare(right.confidence),
        favorite(right.favorite),
      ],
      ...effects.map((effect) => [
        describeMistake[effect.mistake].name,
        formatShare(effect.correct / photos),
        formatShare(effect.agreement),
        formatShare(effect.confidence),
        favorite(effect.favorite),
      ]),
    ],
  );
  const without = harmless.map((mistake) => describeMistake[mistake].name).join(', ');
  return [
    table,
    '',
    `Measured on ${photos} ${split} photos of ${versionId}, ${runtime}.`,
    ...(without === '' ? [] : [`No difference to this model: ${without}.`]),
  ].join('\n');
}
