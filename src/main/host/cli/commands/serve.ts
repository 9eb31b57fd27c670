import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import { type CommandLine, runCommand, withApp } from '../command-runner';
import { examples, jsonOption, wholeNumber } from '../parse-option';
import { serveStudio } from '../serve-studio';
import { watchFolders } from '../watch-folders';

interface Options {
  port?: number;
  open: boolean;
  watch?: string[];
  json?: boolean;
}

export function serveCommand(line: CommandLine): Command {
  return new Command('serve')
    .description('Open the studio in a browser of this machine. Ends with Ctrl+C.')
    .argument('[dir]', 'a project’s folder; without one the studio starts with its start page')
    .addOption(
      new Option(
        '--port <number>',
        'default 4747, or any free one when that is taken; 0 takes any',
      ).argParser(wholeNumber(0, 65535)),
    )
    .option('--no-open', 'only print the link')
    .option(
      '--watch <folder...>',
      'add photos as they come into folders, while it serves; needs the project’s folder before it',
    )
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples('pocketlens serve ~/things', 'pocketlens serve --port 0 --no-open --json'),
    )
    .action((dir: string | undefined, options: Options) =>
      runCommand(line, options, () =>
        withApp(
          line,
          async (app, client) => {
            if (dir !== undefined) await app.openProject(resolve(dir));
            // Never from a browser: paths of this machine are said here only.
            await watchFolders(app, client, options.watch ?? []);
            const announce = (url: string) =>
              line.terminal.print(
                options.json
                  ? JSON.stringify({ url })
                  : `Pocketlens Studio: ${url}\nThe link holds a secret: whoever has it can use the studio. Stop with Ctrl+C.`,
              );
            await serveStudio(line, app, options, announce);
            return { json: { stopped: true }, text: 'Stopped.' };
          },
          { ...line.environment, kind: 'web' },
        ),
      ),
    );
}
