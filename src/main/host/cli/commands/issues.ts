import { Command, Option } from 'commander';
import type { StudioClient } from '../../../../shared/api/contract';
import type { IssueItem } from '../../../../shared/api/issues-api';
import { describeFinding } from '../../../../shared/domain/describe-finding';
import { type IssueKind, issueKinds } from '../../../../shared/domain/issue';
import { type CommandLine, runCommand, withProject } from '../command-runner';
import { runJob } from '../follow-jobs';
import { count, formatShare } from '../format';
import { examples, jsonOption } from '../parse-option';
import { showProgress } from '../show-progress';
import { formatTable } from '../table';

interface Options {
  kind?: IssueKind;
  json?: boolean;
}

/** Photos listed by name with --kind; --json has all of them. */
const pageSize = 1000;

export function issuesCommand(line: CommandLine): Command {
  return new Command('issues')
    .description('Look for what is wrong with the photos and labels of a project.')
    .argument('<dir>', 'the project’s folder')
    .addOption(new Option('--kind <kind>', 'list the photos of one kind').choices(issueKinds))
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples('pocketlens issues ~/things', 'pocketlens issues ~/things --kind label-error'),
    )
    .action((dir: string, options: Options) =>
      runCommand(line, options, () =>
        withProject(line, dir, async (_, client) => {
          await runJob(client, () => client.call('issues.analyze', {}), {
            signal: line.signal,
            onProgress: showProgress(line.terminal),
          });
          const overview = await client.call('issues.overview', {});
          const { labels } = await client.call('dataset.summary', {});
          const names = new Map(labels.map(({ id, name }) => [id, name]));
          const nameOf = (id: number) => names.get(id) ?? `label ${id}`;
          const { kind } = options;
          const photos = kind === undefined ? [] : await listPhotos(client, kind, nameOf);
          return {
            json: { ...overview, ...(kind === undefined ? {} : { issues: photos }) },
            text: [
              `Looked at ${count(overview.photos, 'photo')}.`,
              '',
              formatTable(
                [{ header: 'Issue' }, { header: 'Photos', align: 'right' }],
                overview.kinds.map(({ kind: name, open }) => [name, String(open)]),
              ),
              ...overview.findings.map((finding) => describeFinding(finding, nameOf)),
              ...(kind === undefined ? [] : ['', ...photos.map(describePhoto)]),
            ].join('\n'),
          };
        }),
      ),
    );
}

type ListedIssue = IssueItem & { fileName: string; folder?: string; suggestedLabel?: string };

async function listPhotos(
  client: StudioClient,
  kind: IssueKind,
  nameOf: (labelId: number) => string,
): Promise<ListedIssue[]> {
  const listed: ListedIssue[] = [];
  for (let total = 1; listed.length < total; ) {
    const offset = listed.length;
    const page = await client.call('issues.list', { kind, offset, limit: pageSize });
    for (const item of page.items) {
      const { fileName, folder } = await client.call('dataset.photo', { photoId: item.photoId });
      const { suggestedLabelId } = item;
      listed.push({
        ...item,
        fileName,
        ...(folder === undefined ? {} : { folder }),
        ...(suggestedLabelId === undefined ? {} : { suggestedLabel: nameOf(suggestedLabelId) }),
      });
    }
    total = page.items.length === 0 ? 0 : page.total;
  }
  return listed;
}

function describePhoto({ groupId, folder, fileName, suggestedLabel, detail }: ListedIssue): string {
  const parts = [
    groupId === undefined ? '' : `[${groupId}]`,
    folder === undefined ? fileName : `${folder}/${fileName}`,
    suggestedLabel === undefined ? '' : `→ ${suggestedLabel}`,
    detail.probability === undefined ? '' : formatShare(detail.probability),
    detail.best ? '(the best of its group)' : '',
  ];
  return parts.filter(Boolean).join(' ');
}
