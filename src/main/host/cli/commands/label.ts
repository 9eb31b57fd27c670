import { Command, Option } from 'commander';
import { type CommandLine, runCommand, withProject } from '../command-runner';
import { editLabels, type LabelEdit } from '../edit-labels';
import { formatTable } from '../table';
import { examples, jsonOption, labelPair, photoIds } from '../parse-option';

interface Options extends LabelEdit {
  json?: boolean;
}

export function labelCommand(line: CommandLine): Command {
  return new Command('label')
    .description('List labels, or change them and the photos that carry them.')
    .argument('<dir>', 'the project’s folder')
    .addOption(new Option('--photos <ids>', 'these photos, like 3,5,8').argParser(photoIds))
    .option('--match <text>', 'photos whose file name contains this')
    .option('--labeled <name>', 'photos that carry this label')
    .option('--unlabeled', 'photos without a label')
    .option('--to <name>', 'give the chosen photos this label; made when it is not there')
    .option('--clear', 'take the label off the chosen photos')
    .option('--exclude', 'keep the chosen photos out of training and testing')
    .option('--include', 'take excluded ones in again')
    .addOption(new Option('--rename <old=new>', 'rename a label').argParser(labelPair))
    .addOption(
      new Option('--merge <from=into>', 'give the photos of one label another').argParser(
        labelPair,
      ),
    )
    .option('--delete <name>', 'delete a label; its photos become unlabeled')
    .option('--undo', 'take back the last change')
    .option('--redo', 'do again what was taken back')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'pocketlens label ~/things',
        'pocketlens label ~/things --match IMG_20 --unlabeled --to banana',
        'pocketlens label ~/things --photos 3,5 --clear',
        'pocketlens label ~/things --rename sneaker=shoe',
      ),
    )
    .action((dir: string, options: Options) =>
      runCommand(line, options, () =>
        withProject(line, dir, async (_, client) => {
          const description = await editLabels(client, options);
          const summary = await client.call('dataset.summary', {});
          const labels = summary.labels.map(({ id, name, count, train, validation, test }) => ({
            id,
            name,
            photos: count,
            train,
            validation,
            test,
          }));
          const table = formatTable(
            [
              { header: 'Label' },
              { header: 'Photos', align: 'right' },
              { header: 'Train', align: 'right' },
              { header: 'Validation', align: 'right' },
              { header: 'Test', align: 'right' },
            ],
            labels.map(({ name, photos, train, validation, test }) => [
              name,
              ...[photos, train, validation, test].map(String),
            ]),
          );
          const rest = `${summary.unlabeled} unlabeled, ${summary.excluded} excluded, ${summary.conflicts} to settle.`;
          return {
            json: { description, labels, unlabeled: summary.unlabeled, excluded: summary.excluded },
            text: [description, table, rest].filter((part) => part !== undefined).join('\n\n'),
          };
        }),
      ),
    );
}
