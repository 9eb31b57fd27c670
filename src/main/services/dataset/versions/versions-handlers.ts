import type { Emit, HandlersOf, MethodOutput, ParsedInput } from '../../../../shared/api/contract';
import { AppError } from '../../../../shared/api/errors';
import type { versionsApi } from '../../../../shared/api/versions-api';
import type {
  VersionContent,
  VersionPhoto,
  VersionSide,
} from '../../../../shared/domain/dataset-version';
import type { Database } from '../../../platform/database/database';
import type { Models } from '../../ports';
import type { Announce } from '../edits/announce-edits';
import type { History } from '../edits/history';
import type { LabelRepository } from '../label-repository';
import { readAbsences } from './absences';
import { compareVersions, type VersionDifference } from './compare-versions';
import { readTestLock } from '../splits/split-settings';
import { prepareRestore } from './restore-version';
import type { VersionRepository } from './version-freezing';
import { listVersions, readNote, writeNote } from './version-list';

export interface VersionsHandlersOptions {
  database: Database;
  labels: LabelRepository;
  history: History;
  versions: VersionRepository;
  models: Pick<Models, 'list'>;
  announce: Announce;
  emit: Emit;
}

/** What clients may ask of frozen versions. */
export function createVersionsHandlers({
  database,
  labels,
  history,
  versions,
  models,
  announce,
  emit,
}: VersionsHandlersOptions): HandlersOf<typeof versionsApi> {
  const contentOf = (side: VersionSide): VersionContent =>
    side === 'now' ? versions.preview() : versions.get(side);

  /** The newest comparison is kept while its windows are asked for and nothing is written. */
  let kept: { key: string; compared: Compared } | undefined;

  function compared(first: VersionSide, second: VersionSide): Compared {
    const written = database.get<{ changes: number }>('SELECT total_changes() AS changes');
    const key = JSON.stringify([first, second, written?.changes]);
    if (kept?.key !== key) {
      const [from, to] = [contentOf(first), contentOf(second)];
      kept = { key, compared: { from, to, difference: compareVersions(from, to) } };
    }
    return kept.compared;
  }

  function setNote(versionId: string, note: string): void {
    if (!writeNote(database, versionId, note)) {
      throw new AppError('not-found', `There is no dataset version ${versionId}.`);
    }
    emit('versions.changed', {});
  }

  return {
    'versions.list': () => ({
      versions: listVersions(database, models.list(), (id) => versions.get(id)),
    }),
    'versions.compare': (question) =>
      describe(database, compared(question.first, question.second), question),
    'versions.planRestore': ({ versionId }) =>
      prepareRestore(database, labels, versions.get(versionId)).plan,
    'versions.restore': ({ versionId }) => {
      const { plan, changesTest, apply } = prepareRestore(
        database,
        labels,
        versions.get(versionId),
      );
      if (changesTest && readTestLock(database) !== undefined) {
        throw new AppError(
          'test-locked',
          'The test set is locked, and this version was tested on other photos.',
          'Unlock the test set in Photos, under Splits, and restore it then.',
        );
      }
      const description = `Restored version ${versionNumber(versionId)}`;
      return { ...announce({ description, patch: history.edit(description, apply) }), plan };
    },
    'versions.freeze': ({ note }) => {
      const before = versions.count();
      const { id } = versions.freeze();
      const old = readNote(database, id);
      if (note !== '' && note !== old) setNote(id, [old, note].filter(Boolean).join('\n'));
      return { versionId: id, isNew: versions.count() > before };
    },
    'versions.setNote': ({ versionId, note }) => {
      setNote(versionId, note);
      return {};
    },
  };
}

interface Compared {
  from: VersionContent;
  to: VersionContent;
  difference: VersionDifference;
}

function describe(
  database: Database,
  { from, to, difference }: Compared,
  { second, kind, offset, limit }: ParsedInput<'versions.compare'>,
): MethodOutput<'versions.compare'> {
  const { kinds, same, renamedLabels, addedLabels, removedLabels } = difference;
  const window = kinds[kind].slice(offset, offset + limit);
  const asksWhy = second === 'now' && kind === 'removed';
  const absences = readAbsences(
    database,
    asksWhy ? window.flatMap(({ before }) => before?.photoId ?? []) : [],
  );
  const standing = ({ labels }: VersionContent, photo: VersionPhoto) => ({
    label: labels[photo.labelIndex] ?? '',
    split: photo.split,
  });
  return {
    counts: {
      added: kinds.added.length,
      removed: kinds.removed.length,
      relabeled: kinds.relabeled.length,
      moved: kinds.moved.length,
    },
    same,
    renamedLabels,
    addedLabels,
    removedLabels,
    changes: window.map(({ before, after }) => {
      const photoId = (before ?? after)?.photoId ?? 0;
      return {
        photoId,
        ...(before && { before: standing(from, before) }),
        ...(after && { after: standing(to, after) }),
        ...(asksWhy && { absence: absences.get(photoId) ?? 'gone' }),
      };
    }),
  };
}

const versionNumber = (id: string): string => id.replace('version-', '');
