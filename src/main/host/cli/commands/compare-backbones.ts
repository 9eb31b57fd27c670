import { Command } from 'commander';
import { type BackboneTrials, clearlyBetter } from '../../../../shared/domain/backbone-trials';
import { type CommandLine, runCommand, withProject } from '../command-runner';
import { runJob } from '../follow-jobs';
import { formatBytes, formatMilliseconds, formatPoints, formatShare } from '../format';
import { examples, jsonOption } from '../parse-option';
import { showProgress } from '../show-progress';
import { formatTable } from '../table';

export function compareBackbonesCommand(line: CommandLine): Command {
  return new Command('compare-backbones')
    .description('Tell which pretrained network suits these photos, and what each costs.')
    .argument('<dir>', 'the project’s folder')
    .option('--backbone <name>', 'the one that the others are held against')
    .addOption(jsonOption())
    .addHelpText('after', examples('pocketlens compare-backbones ~/things'))
    .action((dir: string, { json, backbone }: { json?: boolean; backbone?: string }) =>
      runCommand(line, { json }, () =>
        withProject(line, dir, async (_, client) => {
          await runJob(
            client,
            () => client.call('headTrials.compareBackbones', { settings: { backbone } }),
            { signal: line.signal, onProgress: showProgress(line.terminal) },
          );
          const { trials } = await client.call('headTrials.backbones', {});
          if (!trials) throw new Error('A finished comparison always left its trials');
          return { json: { ...trials, better: clearlyBetter(trials)?.name }, text: textOf(trials) };
        }),
      ),
    );
}

function textOf(found: BackboneTrials): string {
  const { trials, chosen, runtime, threads, folds, photos, of, engine } = found;
  const better = clearlyBetter(found);
  return [
    formatTable(
      [
        { header: 'Backbone' },
        { header: 'Size', align: 'right' },
        { header: 'Multiply-adds', align: 'right' },
        { header: 'p50', align: 'right' },
        { header: 'p95', align: 'right' },
        { header: 'Right', align: 'right' },
        { header: '95 %', align: 'right' },
      ],
      trials.map(({ name, bytes, multiplyAdds, latencyMs, accuracy }) => [
        name,
        formatBytes(bytes),
        `${(multiplyAdds / 1e6).toFixed(0)} M`,
        formatMilliseconds(latencyMs.p50),
        formatMilliseconds(latencyMs.p95),
        formatShare(accuracy.mean),
        `${formatShare(accuracy.interval.low)} to ${formatShare(accuracy.interval.high)}`,
      ]),
    ),
    '',
    better
      ? `${better.name} is ${formatPoints(better.gain.mean)} better than ${chosen} (${formatPoints(better.gain.interval.low)} to ${formatPoints(better.gain.interval.high)}).`
      : `None is clearly better than ${chosen} on these photos.`,
    '',
    `${folds} folds of ${photos} of ${of} training and validation photos, ${engine}. One picture by ${runtime}, ${threads} thread${threads === 1 ? '' : 's'}.`,
  ].join('\n');
}
