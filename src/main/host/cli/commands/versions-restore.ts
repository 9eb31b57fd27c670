import { Command, createArgument } from 'commander';
import type { RestorePlan } from '../../../../shared/api/versions-api';
import { type CommandLine, runCommand, withProject } from '../command-runner';
import { count } from '../format';
import { examples, jsonOption, versionId } from '../parse-option';

export function restoreVersionCommand(line: CommandLine): Command {
  return new Command('restore')
    .description(
      'Make labels, splits and exclusion what they were in a version. Labeled photos that are not in it are excluded and keep their label. "pocketlens label DIR --undo" takes it back.',
    )
    .argument('<dir>', 'the project’s folder')
    .addArgument(createArgument('<version>', 'the version, like 2').argParser(versionId))
    .option('--dry-run', 'only say what would change')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'pocketlens versions restore ~/things 2',
        'pocketlens versions restore ~/things 2 --dry-run',
      ),
    )
    .action((dir: string, id: string, options: { dryRun?: boolean; json?: boolean }) =>
      runCommand(line, options, () =>
        withProject(line, dir, async (_, client) => {
          if (options.dryRun) {
            const plan = await client.call('versions.planRestore', { versionId: id });
            return { json: { plan }, text: describePlan(plan).join('\n') };
          }
          const { description, plan } = await client.call('versions.restore', { versionId: id });
          return {
            json: { description, plan },
            text: [`${description}.`, ...describePlan(plan)].join('\n'),
          };
        }),
      ),
    );
}

function describePlan(plan: RestorePlan): string[] {
  const { relabeled, moved, included, excluded, newLabels, renamedLabels, missing } = plan;
  const lines: [number, string][] = [
    [relabeled, 'labeled as then'],
    [moved, 'moved back to their split'],
    [included, 'taken in again'],
    [excluded, 'not in it: excluded, labels kept'],
    [missing, `whose file is missing: ${plan.missingNames.join(', ')}`],
  ];
  return [
    ...(plan.isSame ? ['Nothing changed since.'] : []),
    ...newLabels.map((name) => `The label ${name}: made again.`),
    ...renamedLabels.map(({ from, to }) => `The label ${from}: ${to} again.`),
    ...lines
      .filter(([photos]) => photos > 0)
      .map(([photos, what]) => `${count(photos, 'photo')} ${what}.`),
  ];
}
