import { Command } from 'commander';
import { type CommandLine, runCommand, withProject } from '../command-runner';
import { count, formatBytes, formatShare } from '../format';
import { examples, jsonOption } from '../parse-option';
import { runsText, whatPhonesRun } from '../phones-output';
import { formatTable } from '../table';

export function statusCommand(line: CommandLine): Command {
  return new Command('status')
    .description(
      'Tell what is in a project: photos, labels, models, comparisons, jobs, and what phones run.',
    )
    .argument('<dir>', 'the project’s folder')
    .addOption(jsonOption())
    .addHelpText('after', examples('pocketlens status ~/things', 'pocketlens status . --json'))
    .action((dir: string, options: { json?: boolean }) =>
      runCommand(line, options, () =>
        withProject(line, dir, async (_, client) => {
          const [{ project }, photos, { models }, { comparisons }, { jobs }, training, pushes] =
            await Promise.all([
              client.call('projects.current', {}),
              client.call('dataset.summary', {}),
              client.call('models.list', {}),
              client.call('evaluation.comparisons', {}),
              client.call('jobs.list', {}),
              client.call('training.readiness', {}),
              client.call('deploy.pushes', {}),
            ]);
          const phones = whatPhonesRun(pushes.deployments);
          const interrupted = jobs.filter(({ state }) => state === 'interrupted');
          const { splits } = photos;
          const lines = [
            `${project?.name}${project?.generated ? ' (generated pictures)' : ''} · ${project?.folder}`,
            `${count(photos.total, 'photo')}: ${photos.labeled} labeled, ${photos.unlabeled} unlabeled, ${photos.excluded} excluded, ${photos.missing} missing, ${photos.conflicts} to settle`,
            `Split: ${splits.train} train, ${splits.validation} validation, ${splits.test} test`,
            `Labels: ${photos.labels.map(({ name, count: number }) => `${name} ${number}`).join(', ') || 'none'}`,
            ...training.problems.map(({ message }) => `To do: ${message}`),
            ...interrupted.map(({ id, title }) => `Interrupted: ${title} (${id})`),
          ];
          if (models.length > 0) {
            lines.push(
              '',
              formatTable(
                [
                  { header: 'Model' },
                  { header: 'Precision' },
                  { header: 'Parent' },
                  { header: 'Size', align: 'right' },
                  { header: 'Validation', align: 'right' },
                ],
                models.map((model) => [
                  model.id,
                  model.precision,
                  model.parentId ?? '',
                  formatBytes(model.bytes),
                  model.training ? formatShare(model.training.accuracy.validation) : '',
                ]),
              ),
            );
          }
          if (phones.length > 0) lines.push('', ...phones.map(runsText));
          return {
            json: { project, photos, models, comparisons, jobs, training, phones },
            text: lines.join('\n'),
          };
        }),
      ),
    );
}
