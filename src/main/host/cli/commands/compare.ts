import { extname } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { StudioClient } from '../../../../shared/api/contract';
import { comparisonIdSchema } from '../../../../shared/domain/comparison';
import { unpackComparison } from '../../../../shared/domain/packed-comparison';
import { type Split, splits } from '../../../../shared/domain/split';
import { type CommandLine, runCommand, withProject } from '../command-runner';
import { comparisonAnswer } from '../comparison-output';
import { runJob } from '../follow-jobs';
import { latestPair } from '../model-files';
import { examples, jsonOption, modelIds, shareUpTo } from '../parse-option';
import { saveMedia } from '../save-media';
import { showProgress } from '../show-progress';

interface Options {
  models?: string[];
  split: Split;
  threshold?: number;
  slices?: boolean;
  robustness?: boolean;
  report?: string;
  json?: boolean;
}

export function compareCommand(line: CommandLine): Command {
  return new Command('compare')
    .description('Hold models against each other on photos that none of them was trained on.')
    .argument('<dir>', 'the project’s folder')
    .addOption(
      new Option(
        '--models <ids>',
        'the first is what the others are held against; default: the newest quantized one and its parent',
      ).argParser(modelIds),
    )
    .addOption(new Option('--split <name>', 'which photos').choices(splits).default('test'))
    .addOption(
      new Option(
        '--threshold <share>',
        'also tell how often an app answers, and how often rightly, that is silent below this probability',
      ).argParser(shareUpTo(1)),
    )
    .option('--slices', 'also tell accuracy by import, day, camera, brightness and sharpness')
    .option(
      '--robustness',
      'also answer the photos darker, brighter, blurred, turned, compressed and noisy',
    )
    .addOption(
      new Option(
        '--report <file>',
        'write a report too: .html to read, .json to process',
      ).argParser(reportFile),
    )
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'pocketlens compare ~/things',
        'pocketlens compare ~/things --models model-1,model-2,model-3 --json',
        'pocketlens compare ~/things --threshold 0.8',
        'pocketlens compare ~/things --robustness --report report.html',
      ),
    )
    .action((dir: string, options: Options) =>
      runCommand(line, options, () =>
        withProject(line, dir, async (app, client) => {
          const models = options.models ?? (await latestPair(client));
          const job = await runJob(
            client,
            () => client.call('evaluation.compare', { modelIds: models, split: options.split }),
            { signal: line.signal, onProgress: showProgress(line.terminal) },
          );
          const comparisonId = comparisonIdSchema.parse(job.result?.['comparisonId']);
          const comparison = unpackComparison(
            await client.call('evaluation.comparison', { comparisonId }),
          );
          const robustness =
            options.robustness === true ? await disturb(line, client, comparisonId) : undefined;
          if (options.report !== undefined) {
            const media = `comparison/${comparisonId}/report${extname(options.report)}`;
            await saveMedia(app, media, options.report);
            line.terminal.note(`Report: ${options.report}`);
          }
          const slices =
            options.slices === true
              ? (await client.call('evaluation.slices', { comparisonId })).slices
              : undefined;
          return comparisonAnswer(comparison, { threshold: options.threshold, slices, robustness });
        }),
      ),
    );
}

/** What becomes of the models' answers as pictures get worse. */
async function disturb(line: CommandLine, client: StudioClient, comparisonId: string) {
  await runJob(client, () => client.call('evaluation.disturb', { comparisonId }), {
    signal: line.signal,
    onProgress: showProgress(line.terminal),
  });
  const { robustness } = await client.call('evaluation.robustness', { comparisonId });
  return robustness;
}

function reportFile(path: string): string {
  if (['.html', '.json'].includes(extname(path))) return path;
  throw new InvalidArgumentError('A report ends in .html or .json.');
}
