import { Command } from 'commander';
import type { HeadSearch, HeadTrial } from '../../../../shared/domain/head-search';
import { type CommandLine, runCommand, withProject } from '../command-runner';
import { runJob } from '../follow-jobs';
import { formatPoints, formatShare } from '../format';
import { examples, jsonOption } from '../parse-option';
import { quoteArgument } from '../quote-argument';
import { showProgress } from '../show-progress';
import { formatTable } from '../table';

export function searchHeadCommand(line: CommandLine): Command {
  return new Command('search-head')
    .description('Search for training settings that suit these photos, within a minute.')
    .argument('<dir>', 'the project’s folder')
    .option('--backbone <name>', 'pretrained network to build on')
    .addOption(jsonOption())
    .addHelpText('after', examples('pocketlens search-head ~/things'))
    .action((dir: string, { json, backbone }: { json?: boolean; backbone?: string }) =>
      runCommand(line, { json }, () =>
        withProject(line, dir, async (_, client) => {
          await runJob(client, () => client.call('headTrials.search', { settings: { backbone } }), {
            signal: line.signal,
            onProgress: showProgress(line.terminal),
          });
          const { search } = await client.call('headTrials.lastSearch', {});
          if (!search) throw new Error('A finished search always left its trials');
          return { json: search, text: searchText(search, dir) };
        }),
      ),
    );
}

function searchText(search: HeadSearch, dir: string): string {
  const { trials, current, gain, planned, photos, of, backbone, engine } = search;
  const [best = current] = trials;
  const row = (name: string, trial: HeadTrial) => [
    name,
    ...options(trial).map(([, value]) => value),
    `${formatShare(trial.correct / trial.judged)} of ${trial.judged}`,
    trial.loss.toFixed(3),
  ];
  const isClear = gain.interval.low > 0;
  const made = trials.reduce((sum, { folds }) => sum + folds, 0);
  return [
    formatTable(
      [
        { header: '' },
        ...options(current).map(([name]) => ({ header: name, align: 'right' as const })),
        { header: 'Right', align: 'right' },
        { header: 'Loss', align: 'right' },
      ],
      [row('current', current), ...trials.slice(0, 8).map((trial, at) => row(`${at + 1}.`, trial))],
    ),
    '',
    isClear
      ? `The first is ${formatPoints(gain.mean)} better than the current settings (${formatPoints(gain.interval.low)} to ${formatPoints(gain.interval.high)}).`
      : 'No other settings are clearly better than the current ones.',
    `${made} of ${planned} trials on ${photos} of ${of} training and validation photos, ${backbone}, ${engine}. The best of many looks a little better than it is.`,
    ...(isClear
      ? [
          `Next: pocketlens train ${quoteArgument(dir)} ${options(best)
            .map(([name, value]) => `--${name} ${value}`)
            .join(' ')}`,
        ]
      : []),
  ].join('\n');
}

/** As `pocketlens train` takes them. */
const options = ({ settings }: HeadTrial): [string, string][] => [
  ['learning-rate', String(settings.learningRate)],
  ['hidden-units', String(settings.hiddenUnits)],
  ['dropout', String(settings.dropout)],
  ['label-smoothing', String(settings.labelSmoothing)],
];
