import { resolve } from 'node:path';
import { Command } from 'commander';
import { type CommandLine, runCommand, withProject } from '../command-runner';
import { examples, jsonOption } from '../parse-option';
import { saveMedia } from '../save-media';

interface Options {
  out: string;
  json?: boolean;
}

export function reportCommand(line: CommandLine): Command {
  return new Command('report')
    .description('Write what is in the data set and what is wrong with it, as one HTML file.')
    .argument('<dir>', 'the project’s folder')
    .requiredOption('--out <file>', 'the file to write')
    .addOption(jsonOption())
    .addHelpText('after', examples('pocketlens report ~/things --out ~/things.html'))
    .action((dir: string, options: Options) =>
      runCommand(line, options, () =>
        withProject(line, dir, async (app) => {
          const file = resolve(options.out);
          await saveMedia(app, 'dataset/report.html', file);
          return { json: { file }, text: `Wrote the report to ${file}.` };
        }),
      ),
    );
}
