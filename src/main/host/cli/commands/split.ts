import { Command, InvalidArgumentError, Option } from 'commander';
import type { SplitState } from '../../../../shared/api/splits-api';
import { isLeakClear, type LeakWorth } from '../../../../shared/domain/leak-worth';
import {
  type SplitRatio,
  type SplitSource,
  splits,
  splitSources,
} from '../../../../shared/domain/split';
import { type CommandLine, runCommand, withProject } from '../command-runner';
import { runJob } from '../follow-jobs';
import { count, formatShare } from '../format';
import { examples, jsonOption, wholeNumber } from '../parse-option';
import { showProgress } from '../show-progress';
import { formatTable } from '../table';

interface Options {
  ratio?: SplitRatio;
  seed?: number;
  by?: SplitSource;
  lock?: boolean;
  unlock?: boolean;
  keepTogether?: boolean;
  measureLeak?: boolean;
  json?: boolean;
}

export function splitCommand(line: CommandLine): Command {
  return new Command('split')
    .description(
      'Show how photos are dealt to training, validation and test, and deal them anew. Copies and bursts always stay together. Without options only shows.',
    )
    .argument('<dir>', 'the project’s folder')
    .option('--ratio <shares>', 'deal anew by these percents, like 70/15/15', readRatio)
    .option('--seed <number>', 'deal anew with this seed', wholeNumber(0, 999_999))
    .addOption(
      new Option('--by <source>', 'deal anew, keeping photos of one source together').choices(
        splitSources,
      ),
    )
    .option('--keep-together', 'bring copies that straddle into one split')
    .addOption(
      new Option('--lock', 'lock the test set: nobody joins or leaves it').conflicts('unlock'),
    )
    .option('--unlock', 'open the test set again')
    .option('--measure-leak', 'measure what splitting photo by photo would have been worth')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'pocketlens split ~/things',
        'pocketlens split ~/things --ratio 70/15/15 --by day',
        'pocketlens split ~/things --lock --measure-leak',
      ),
    )
    .action((dir: string, options: Options) =>
      runCommand(line, options, () =>
        withProject(line, dir, async (_, client) => {
          const done: string[] = [];
          const { ratio, seed, by, lock, unlock, keepTogether, measureLeak } = options;
          if (unlock)
            done.push((await client.call('splits.lockTest', { locked: false })).description);
          if (ratio ?? seed ?? by) {
            const now = await client.call('splits.state', {});
            const settings = {
              ratio: ratio ?? now.ratio,
              seed: seed ?? now.seed,
              by: by ?? now.by,
            };
            done.push((await client.call('splits.splitAnew', settings)).description);
          }
          if (keepTogether) done.push((await client.call('splits.keepTogether', {})).description);
          if (lock) done.push((await client.call('splits.lockTest', { locked: true })).description);
          if (measureLeak) {
            await runJob(client, () => client.call('leak.measure', {}), {
              signal: line.signal,
              onProgress: showProgress(line.terminal),
            });
          }
          const state = await client.call('splits.state', {});
          const { labels } = await client.call('dataset.summary', {});
          const { worth } = measureLeak ? await client.call('leak.worth', {}) : {};
          const table = formatTable(
            [{ header: 'Label' }, ...splits.map((header) => ({ header, align: 'right' as const }))],
            labels.map((label) => [label.name, ...splits.map((split) => String(label[split]))]),
          );
          return {
            json: { ...state, done, ...(worth ? { leak: worth } : {}) },
            text: [
              ...done.map((sentence) => `${sentence}.`),
              table,
              ...describeState(state, (id) => labels.find((label) => label.id === id)?.name ?? '?'),
              ...(worth ? describeWorth(worth) : []),
            ].join('\n'),
          };
        }),
      ),
    );
}

/** `70/15/15`. */
function readRatio(text: string): SplitRatio {
  const [train = 0, validation = 0, test = 0, ...more] = text.split('/').map(Number);
  const isFit =
    /^\d+\/\d+\/\d+$/.test(text) && more.length === 0 && train + validation + test === 100;
  if (isFit && train >= 10) {
    return { train: train / 100, validation: validation / 100, test: test / 100 };
  }
  throw new InvalidArgumentError('It is three percents that make 100, like 70/15/15.');
}

function describeState(state: SplitState, nameOf: (labelId: number) => string): string[] {
  const { lockedAt, straddling, heldOut, withoutTest, groups } = state;
  return [
    `${count(groups, 'group')} of copies and bursts; ${straddling} of them in more than one split.`,
    ...(straddling > 0 ? ['--keep-together brings them into one.'] : []),
    ...(lockedAt === undefined ? [] : [`The test set is locked since ${lockedAt}.`]),
    ...(heldOut > 0 ? [`${count(heldOut, 'photo')} held out: copies of locked test photos.`] : []),
    ...(withoutTest.length > 0
      ? [`Without a test photo: ${withoutTest.map(nameOf).join(', ')}.`]
      : []),
  ];
}

function describeWorth(worth: LeakWorth): string[] {
  const share = ({ mean, interval }: LeakWorth['naive']) =>
    `${formatShare(mean)} (${formatShare(interval.low)} to ${formatShare(interval.high)})`;
  return [
    '',
    `Accuracy, split photo by photo: ${share(worth.naive)}`,
    `Accuracy, copies kept together: ${share(worth.honest)}`,
    isLeakClear(worth)
      ? `The leak is worth ${(worth.difference.mean * 100).toFixed(1)} points.`
      : 'The difference is within chance.',
    `Means of ${worth.repeats} draws, ${count(worth.photos, 'photo')}, ${worth.backbone}.`,
  ];
}
