import { basename, resolve } from 'node:path';
import { Command } from 'commander';
import { type CommandLine, runCommand, withApp } from '../command-runner';
import { examples, jsonOption } from '../parse-option';
import { quoteArgument } from '../quote-argument';

export function createCommand(line: CommandLine): Command {
  return new Command('create')
    .description('Make an empty project in a folder.')
    .argument('<dir>', 'the folder; made when it is not there')
    .option('--name <name>', 'what the project is called; default: the folder’s name')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples('pocketlens create ~/things', 'pocketlens create . --name Tools'),
    )
    .action((dir: string, options: { name?: string; json?: boolean }) =>
      runCommand(line, options, () =>
        withApp(line, async (app, client) => {
          const folder = resolve(dir);
          await app.createProject(folder, options.name ?? basename(folder));
          const { project } = await client.call('projects.current', {});
          return {
            json: { project },
            text: `Made the project ${project?.name} in ${folder}.\nAdd photos with: pocketlens import ${quoteArgument(dir)} PATH...`,
          };
        }),
      ),
    );
}
