import { Command, createArgument } from 'commander';
import type { StudioClient } from '../../../../shared/api/contract';
import type { VersionChange, VersionComparison } from '../../../../shared/api/versions-api';
import {
  type VersionChangeKind,
  versionChangeKinds,
  type VersionSide,
} from '../../../../shared/domain/dataset-version';
import { type CommandLine, runCommand, withProject } from '../command-runner';
import { count } from '../format';
import { examples, jsonOption, versionSide } from '../parse-option';

/** Photos of a kind that are named for people; --json has all of them. */
const shownPhotos = 20;
const pageSize = 1000;

type NamedChange = VersionChange & { fileName?: string };
type Changes = Record<VersionChangeKind, NamedChange[]>;

export function compareVersionsCommand(line: CommandLine): Command {
  return new Command('compare')
    .description('Say what became of the photos from one version to another.')
    .argument('<dir>', 'the project’s folder')
    .addArgument(createArgument('<first>', 'a version, like 2').argParser(versionSide))
    .addArgument(createArgument('<second>', 'a version, or now').argParser(versionSide))
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'pocketlens versions compare ~/things 1 2',
        'pocketlens versions compare ~/things 2 now --json',
      ),
    )
    .action((dir: string, first: VersionSide, second: VersionSide, options: { json?: boolean }) =>
      runCommand(line, options, () =>
        withProject(line, dir, async (_, client) => {
          const comparison = await client.call('versions.compare', {
            first,
            second,
            kind: 'added',
            limit: 1,
          });
          const limit = options.json ? Number.POSITIVE_INFINITY : shownPhotos;
          const changes: Changes = { added: [], removed: [], relabeled: [], moved: [] };
          for (const kind of versionChangeKinds) {
            const wanted = Math.min(limit, comparison.counts[kind]);
            changes[kind] = await listChanges(client, { first, second, kind }, wanted);
          }
          return {
            json: { ...comparison, first, second, changes },
            text: describeComparison(comparison, changes),
          };
        }),
      ),
    );
}

async function listChanges(
  client: StudioClient,
  question: { first: VersionSide; second: VersionSide; kind: VersionChangeKind },
  wanted: number,
): Promise<NamedChange[]> {
  const listed: NamedChange[] = [];
  while (listed.length < wanted) {
    const limit = Math.min(pageSize, wanted - listed.length);
    const page = { ...question, offset: listed.length, limit };
    const { changes } = await client.call('versions.compare', page);
    if (changes.length === 0) break;
    const photoIds = changes.map(({ photoId }) => photoId);
    const { photos } = await client.call('dataset.photos', { photoIds });
    const names = new Map(photos.map(({ id, fileName }) => [id, fileName]));
    for (const change of changes) {
      const fileName = names.get(change.photoId);
      listed.push({ ...change, ...(fileName === undefined ? {} : { fileName }) });
    }
  }
  return listed;
}

function describeComparison(
  { counts, same, renamedLabels, addedLabels, removedLabels }: VersionComparison,
  changes: Changes,
): string {
  const labels = [
    ...renamedLabels.map(({ from, to }) => `The label ${from} is now ${to}.`),
    ...addedLabels.map((name) => `The label ${name} is new.`),
    ...removedLabels.map((name) => `The label ${name} is gone.`),
  ];
  const parts = versionChangeKinds
    .filter((kind) => counts[kind] > 0)
    .map((kind) => {
      const left = counts[kind] - changes[kind].length;
      return [
        `${count(counts[kind], 'photo')} ${words[kind]}:`,
        ...changes[kind].map((change) => `  ${describeChange(change)}`),
        ...(left > 0 ? [`  … and ${left} more`] : []),
      ].join('\n');
    });
  return [
    ...(labels.length ? [labels.join('\n')] : []),
    ...parts,
    `${count(same, 'photo')} the same.`,
  ].join('\n\n');
}

const words: Record<VersionChangeKind, string> = {
  added: 'added',
  removed: 'removed',
  relabeled: 'relabeled',
  moved: 'moved between splits',
};

function describeChange({ photoId, fileName, before, after, absence }: NamedChange): string {
  const name = fileName ?? `photo ${photoId}`;
  const sides = [before, after].flatMap((side) => (side ? `${side.label} (${side.split})` : []));
  return `${name}: ${sides.join(' → ')}${absence === undefined ? '' : `, ${absence} now`}`;
}
