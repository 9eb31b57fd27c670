import { join, resolve } from 'node:path';
import { Command } from 'commander';
import type { StudioClient } from '../../../../shared/api/contract';
import { AppError } from '../../../../shared/api/errors';
import { comparisonIdSchema } from '../../../../shared/domain/comparison';
import { unpackComparison } from '../../../../shared/domain/packed-comparison';
import { modelIdSchema } from '../../../../shared/domain/model';
import { makeTemporaryFolder } from '../../../platform/save-file';
import { type CommandLine, runCommand, withApp } from '../command-runner';
import { comparisonAnswer } from '../comparison-output';
import { type FollowOptions, runJob, waitForJobs } from '../follow-jobs';
import { count } from '../format';
import { examples, jsonOption } from '../parse-option';
import { quoteArgument } from '../quote-argument';
import { serveStudio } from '../serve-studio';
import { showProgress } from '../show-progress';

interface Options {
  dir?: string;
  open: boolean;
  json?: boolean;
}

export function demoCommand(line: CommandLine): Command {
  return new Command('demo')
    .description('Show the whole way on generated pictures, then open the studio on the result.')
    .option('--dir <dir>', 'where to make the sample project; default: a new temporary folder')
    .option('--no-open', 'end after the table')
    .addOption(jsonOption())
    .addHelpText('after', examples('pocketlens demo', 'pocketlens demo --no-open --json'))
    .action((options: Options) =>
      runCommand(line, options, async () => {
        const folder = options.dir ? resolve(options.dir) : await makeTemporaryFolder('pocketlens');
        // In a folder of its own: the demo leaves nothing among the person's recent projects.
        const environment = {
          ...line.environment,
          kind: options.open ? ('web' as const) : ('cli' as const),
          projectsFolder: folder,
          userDataFolder: join(folder, 'settings'),
        };
        return withApp(
          line,
          async (app, client) => {
            const follow = { signal: line.signal, onProgress: showProgress(line.terminal) };
            const { answer, project } = await runWholeWay(line, client, follow);
            if (options.open) {
              line.terminal.print(options.json ? JSON.stringify(answer.json) : answer.text);
              await serveStudio(line, app, { open: true }, (url) =>
                line.terminal.note(`\nThe studio is open at ${url}\nStop it with Ctrl+C.`),
              );
              return { json: { stopped: true, project }, text: 'Stopped.' };
            }
            return {
              json: { project, ...answer.json },
              text: `${answer.text}\n\nLook around: pocketlens serve ${quoteArgument(project)}`,
            };
          },
          environment,
        );
      }),
    );
}

/** Sample project, training, quantization and comparison, each as a person would start it. */
async function runWholeWay(line: CommandLine, client: StudioClient, follow: FollowOptions) {
  const { signal } = follow;
  line.terminal.note('Drawing the sample pictures …');
  const { project } = await client.call('projects.createSample', {}, { signal });
  if (!project) throw new AppError('internal', 'The sample project did not open.');
  await waitForJobs(client, 'import', follow);
  const summary = await client.call('dataset.summary', {});
  line.terminal.note(
    `${count(summary.total, 'generated picture')} of ${count(summary.labels.length, 'thing')}; training …`,
  );

  const training = await runJob(client, () => client.call('training.start', {}), follow);
  const modelId = modelIdSchema.parse(training.result?.['modelId']);
  const quantization = await runJob(
    client,
    () => client.call('quantization.start', { modelId }),
    follow,
  );
  const quantizedId = modelIdSchema.parse(quantization.result?.['modelId']);
  const evaluation = await runJob(
    client,
    () => client.call('evaluation.compare', { modelIds: [modelId, quantizedId] }),
    follow,
  );
  const comparisonId = comparisonIdSchema.parse(evaluation.result?.['comparisonId']);
  const comparison = unpackComparison(await client.call('evaluation.comparison', { comparisonId }));
  return { answer: comparisonAnswer(comparison), project: project.folder };
}
