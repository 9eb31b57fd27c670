import { AppError } from '../../../../shared/api/errors';
import type { IssueDecision, IssueKind } from '../../../../shared/domain/issue';
import type { LabelId } from '../../../../shared/domain/label';
import type { PhotoId } from '../../../../shared/domain/photo';
import type { Database } from '../../../platform/database/database';
import type { History, Patch } from './history';
import { changeDecisions } from './issue-decisions';
import type { LabelRepository } from '../label-repository';
import type { LabelAssignment } from '../../ports';
import { changePhotos } from '../photos/photo-states';
import { dealMissingSplits, joinStraddling, splitAnew } from '../splits/split-assignment';
import {
  changeSplitSettings,
  changeTestLock,
  readSplitSettings,
  readTestLock,
  type SplitSettings,
} from '../splits/split-settings';

export interface Edited {
  description: string;
  patch: Patch;
}

/** What people do to photos. Every function is one step of the history. */
export interface PhotoEdits {
  assignLabel(photoIds: readonly PhotoId[], labelId: LabelId | undefined): Edited;
  /** Called "Labeled 3 photos as suggested", or by other last words. */
  assignLabels(assignments: readonly LabelAssignment[], how?: string): Edited;
  setExcluded(photoIds: readonly PhotoId[], excluded: boolean): Edited;
  /** Without `by` the same photos stay together as before. */
  splitAnew(settings: Omit<SplitSettings, 'by'> & Partial<Pick<SplitSettings, 'by'>>): Edited;
  /** Locks the test set at this time, or opens it. */
  lockTest(at: string | undefined): Edited;
  /** Brings each group that straddles into one split. */
  keepTogether(): Edited;
  /** Without `decision` the issue is open again. */
  decideIssue(
    kind: IssueKind,
    photoIds: readonly PhotoId[],
    decision: IssueDecision | undefined,
  ): Edited;
}

export function createPhotoEdits(
  database: Database,
  labels: LabelRepository,
  history: History,
): PhotoEdits {
  const edit = (description: string, work: () => Patch): Edited => ({
    description,
    patch: history.edit(description, work),
  });

  function requireSome(photoIds: readonly PhotoId[]): void {
    const row = database.get<{ found: number }>(
      'SELECT EXISTS (SELECT 1 FROM photos WHERE id IN (SELECT value FROM json_each(?))) AS found',
      [JSON.stringify(photoIds)],
    );
    if (!row?.found) throw new AppError('not-found', 'These photos are not in the project.');
  }

  return {
    assignLabel(photoIds, labelId) {
      requireSome(photoIds);
      const description =
        labelId === undefined
          ? `Cleared the label of ${countPhotos(photoIds.length)}`
          : `Labeled ${countPhotos(photoIds.length)} ${labels.get(labelId).name}`;
      return edit(description, () => ({
        photos: [
          ...changePhotos(database, photoIds, () => ({ labelId: labelId ?? null, conflict: null })),
          ...dealMissingSplits(database),
        ],
      }));
    },
    assignLabels(assignments, how = 'as suggested') {
      const all = assignments.flatMap(({ photoIds }) => photoIds);
      requireSome(all);
      for (const { labelId } of assignments) labels.get(labelId);
      return edit(`Labeled ${countPhotos(all.length)} ${how}`, () => ({
        photos: [
          ...assignments.flatMap(({ labelId, photoIds }) =>
            changePhotos(database, photoIds, () => ({ labelId, conflict: null })),
          ),
          ...dealMissingSplits(database),
        ],
      }));
    },
    setExcluded(photoIds, excluded) {
      requireSome(photoIds);
      const description = `${excluded ? 'Excluded' : 'Included'} ${countPhotos(photoIds.length)}`;
      return edit(description, () => ({
        photos: changePhotos(database, photoIds, () => ({ excluded: excluded ? 1 : 0 })),
      }));
    },
    decideIssue(kind, photoIds, decision) {
      requireSome(photoIds);
      const word = decision ? decisionWords[decision] : 'Opened again';
      return edit(`${word} the issue of ${countPhotos(photoIds.length)}`, () => ({
        decisions: changeDecisions(database, kind, photoIds, decision),
      }));
    },
    lockTest(at) {
      const isLocked = readTestLock(database) !== undefined;
      if (isLocked === (at !== undefined)) return { description: 'Nothing to change', patch: {} };
      return edit(at === undefined ? 'Unlocked the test set' : 'Locked the test set', () => ({
        settings: changeTestLock(database, at),
        // Copies of test photos were held out until now.
        photos: at === undefined ? dealMissingSplits(database) : [],
      }));
    },
    keepTogether() {
      return edit('Kept copies together in one split', () => ({
        photos: joinStraddling(database),
      }));
    },
    splitAnew(wanted) {
      const after = { by: readSplitSettings(database).by, ...wanted };
      const { train, validation, test } = after.ratio;
      const shares = [train, validation, test].map((share) => Math.round(share * 100));
      return edit(`Split all photos anew (${shares.join('/')})`, () => ({
        photos: splitAnew(database, after),
        settings: changeSplitSettings(database, after),
      }));
    },
  };
}

const decisionWords = { kept: 'Accepted', ignored: 'Ignored' } as const;

export function countPhotos(count: number): string {
  return count === 1 ? '1 photo' : `${count.toLocaleString('en-US')} photos`;
}
