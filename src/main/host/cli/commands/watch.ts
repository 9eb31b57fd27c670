import { Command } from 'commander';
import { type CommandLine, runCommand, withProject } from '../command-runner';
import { count } from '../format';
import { examples, jsonOption } from '../parse-option';
import { untilInterrupted } from '../until-interrupted';
import { describeImport, followWatches, watchFolders } from '../watch-folders';

interface Options {
  json?: boolean;
}

export function watchCommand(line: CommandLine): Command {
  const { terminal } = line;
  return new Command('watch')
    .description('Add photos as they come into folders. Ends with Ctrl+C.')
    .argument('<dir>', 'the project’s folder')
    .argument('<folder...>', 'folders to watch; subfolders say labels, photos stay where they are')
    .addOption(jsonOption())
    .addHelpText('after', examples('pocketlens watch ~/things ~/camera-uploads'))
    .action((dir: string, folders: string[], options: Options) =>
      runCommand(line, options, () =>
        withProject(line, dir, async (app, client) => {
          let added = 0;
          const stop = followWatches(client, {
            onImport(report) {
              added += report.added;
              terminal.print(options.json ? JSON.stringify(report) : describeImport(report));
            },
            onFolder: (sentence) => terminal.note(sentence),
            onError: (error) => line.environment.log.error('Watching could not be followed', error),
          });
          try {
            await watchFolders(app, client, folders);
            await untilInterrupted(line.signal);
          } finally {
            stop();
          }
          return {
            json: { stopped: true, added },
            text: `Stopped. ${count(added, 'photo')} added in all.`,
          };
        }),
      ),
    );
}
