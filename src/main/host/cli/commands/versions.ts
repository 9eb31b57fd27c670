import { Command, Option } from 'commander';
import { formatTable } from '../table';
import { type CommandLine, runCommand, withProject } from '../command-runner';
import { count } from '../format';
import { examples, jsonOption } from '../parse-option';
import { compareVersionsCommand } from './versions-compare';
import { restoreVersionCommand } from './versions-restore';

interface Options {
  freeze?: boolean;
  note?: string;
  json?: boolean;
}

export function versionsCommand(line: CommandLine): Command {
  return new Command('versions')
    .description('List the frozen versions of a data set, compare two, restore one.')
    .argument('<dir>', 'the project’s folder')
    .option('--freeze', 'freeze the photos as they are now first')
    .addOption(
      new Option('--note <text>', 'what to say about the one that is frozen').implies({
        freeze: true,
      }),
    )
    .addOption(jsonOption())
    .addCommand(compareVersionsCommand(line))
    .addCommand(restoreVersionCommand(line))
    .addHelpText(
      'after',
      examples(
        'pocketlens versions ~/things',
        'pocketlens versions ~/things --note "before the new camera"',
        'pocketlens versions compare ~/things 2 now',
        'pocketlens versions restore ~/things 2',
      ),
    )
    .action((dir: string, options: Options) =>
      runCommand(line, options, () =>
        withProject(line, dir, async (_, client) => {
          const { note } = options;
          const frozen = options.freeze
            ? await client.call('versions.freeze', { note })
            : undefined;
          const { versions } = await client.call('versions.list', {});
          const table = formatTable(
            [
              { header: 'Version' },
              { header: 'Frozen' },
              { header: 'Photos', align: 'right' },
              { header: 'Train', align: 'right' },
              { header: 'Validation', align: 'right' },
              { header: 'Test', align: 'right' },
              { header: 'Models' },
              { header: 'Note' },
            ],
            versions.map(({ id, createdAt, photos, splits, models, note: said }) => [
              id.replace('version-', ''),
              createdAt.slice(0, 16).replace('T', ' '),
              ...[photos, splits.train, splits.validation, splits.test].map(String),
              models.map((model) => model.id).join(', '),
              said.split('\n').join(' · '),
            ]),
          );
          return {
            json: { ...(frozen && { frozen }), versions },
            text: [
              ...(frozen ? [describeFrozen(frozen), ''] : []),
              versions.length === 0
                ? 'There is no version yet: training freezes one, or --freeze does.'
                : `${count(versions.length, 'version')}:\n\n${table}`,
            ].join('\n'),
          };
        }),
      ),
    );
}

function describeFrozen({ versionId, isNew }: { versionId: string; isNew: boolean }): string {
  const number = versionId.replace('version-', '');
  return isNew
    ? `Frozen as version ${number}.`
    : `Nothing changed: the photos are as in version ${number}.`;
}
