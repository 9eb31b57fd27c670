import { Command } from 'commander';
import { type LearningCurve, verdictOfCurve } from '../../../../shared/domain/learning-curve';
import { type CommandLine, runCommand, withProject } from '../command-runner';
import { runJob } from '../follow-jobs';
import { formatPoints, formatShare } from '../format';
import { examples, jsonOption } from '../parse-option';
import { showProgress } from '../show-progress';
import { formatTable } from '../table';

export function learningCurveCommand(line: CommandLine): Command {
  return new Command('learning-curve')
    .description('Tell whether more photos would make the model better, and of which labels.')
    .argument('<dir>', 'the project’s folder')
    .option('--backbone <name>', 'pretrained network to build on')
    .addOption(jsonOption())
    .addHelpText('after', examples('pocketlens learning-curve ~/things'))
    .action((dir: string, { json, backbone }: { json?: boolean; backbone?: string }) =>
      runCommand(line, { json }, () =>
        withProject(line, dir, async (_, client) => {
          await runJob(
            client,
            () => client.call('headTrials.measureCurve', { settings: { backbone } }),
            {
              signal: line.signal,
              onProgress: showProgress(line.terminal),
            },
          );
          const { curve } = await client.call('headTrials.curve', {});
          if (!curve) throw new Error('A finished measurement always left its curve');
          return { json: { ...curve, verdict: verdictOfCurve(curve) }, text: curveText(curve) };
        }),
      ),
    );
}

const verdicts = {
  helps: 'More photos will probably help',
  faultless: 'All photos are told right with half of them already; harder ones would show more',
  saturated: 'More photos of the same kind will hardly help',
  unclear: 'These photos are too few to tell whether more would help',
} as const;

function curveText(curve: LearningCurve): string {
  const { steps, labels, lastDoubling, photos, of, folds, backbone, engine } = curve;
  const { mean, interval } = lastDoubling;
  const range = ({ low, high }: LearningCurve['lastDoubling']['interval']) =>
    `${formatShare(Math.max(0, low))} to ${formatShare(Math.min(1, high))}`;
  return [
    formatTable(
      [
        { header: 'Photos', align: 'right' },
        { header: 'Right', align: 'right' },
        { header: '95 %' },
      ],
      steps.map((step) => [
        String(step.photos),
        formatShare(step.accuracy.mean),
        range(step.accuracy.interval),
      ]),
    ),
    '',
    `${verdicts[verdictOfCurve(curve)]}: the last doubling brought ${formatPoints(mean)} (${formatPoints(interval.low)} to ${formatPoints(interval.high)}).`,
    '',
    formatTable(
      [
        { header: 'Label' },
        { header: 'Photos', align: 'right' },
        { header: 'With half', align: 'right' },
        { header: 'With all', align: 'right' },
      ],
      labels.map((label) => [
        label.label,
        String(label.photos),
        formatShare(label.half),
        formatShare(label.whole),
      ]),
    ),
    '',
    `${folds} folds of ${photos} of ${of} training and validation photos, ${backbone}, ${engine}.`,
  ].join('\n');
}
