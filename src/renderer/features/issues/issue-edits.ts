import type { IssueState } from '@shared/api/issues-api';
import type { LabelId } from '@shared/domain/label';
import { notifyEdited } from '../../actions/notify-edited';
import type { Studio } from '../../stores/create-studio';
import { currentKind, type ShownIssue } from '../../stores/issues-store';
import { editedPhotos } from '../../stores/selection-model';

/** What is done with the selected issues; every one of these is an edit that can be undone. */
export interface IssueEdits {
  decide(decision: IssueState): Promise<void>;
  exclude(): Promise<void>;
  relabel(labelId: LabelId): Promise<void>;
  /** Gives each selected photo the label that is suggested for it. */
  acceptSuggestions(): Promise<void>;
  /** Leaves out all but one of each group that is listed: the best, or the first where it is gone. */
  keepBest(): Promise<void>;
  /** Brings all copies and bursts that straddle the splits into one split each. */
  keepTogether(): Promise<void>;
}

export function issueEdits(studio: Studio): IssueEdits {
  const { stores, edits, client } = studio;
  const state = () => stores.issues.getState();
  const ids = () => editedPhotos(state().selection);
  const tell = async (edit: Promise<string>) => notifyEdited(studio, await edit);

  return {
    async decide(decision) {
      const kind = currentKind(state());
      const photoIds = ids();
      if (kind === undefined || photoIds.length === 0) return;
      const { description } = await client.call('issues.decide', { kind, photoIds, decision });
      notifyEdited(studio, description);
    },
    exclude: () => tell(edits.setExcluded(ids(), true)),
    relabel: (labelId) => tell(edits.assignLabel(ids(), labelId)),
    async acceptSuggestions() {
      const wanted = new Set(ids());
      const assignments = bySuggestion(state().issues.filter(({ photoId }) => wanted.has(photoId)));
      if (assignments.length > 0) await tell(edits.assignLabels(assignments));
    },
    keepTogether: () => tell(edits.keepTogether()),
    keepBest: () =>
      tell(
        edits.setExcluded(
          groupsOf(state().issues).flatMap((group) => {
            const kept = group.find(({ detail }) => detail.best) ?? group[0];
            return group.filter((issue) => issue !== kept).map(({ photoId }) => photoId);
          }),
          true,
        ),
      ),
  };
}

function groupsOf(issues: readonly ShownIssue[]): ShownIssue[][] {
  const groups = new Map<number, ShownIssue[]>();
  for (const issue of issues) {
    if (issue.groupId === undefined) continue;
    groups.set(issue.groupId, [...(groups.get(issue.groupId) ?? []), issue]);
  }
  return [...groups.values()];
}

function bySuggestion(issues: readonly ShownIssue[]) {
  const groups = new Map<LabelId, number[]>();
  for (const { suggestedLabelId, photoId } of issues) {
    if (suggestedLabelId === undefined) continue;
    groups.set(suggestedLabelId, [...(groups.get(suggestedLabelId) ?? []), photoId]);
  }
  return [...groups].map(([labelId, photoIds]) => ({ labelId, photoIds }));
}

/** Whether any listed issue says something of that kind, so that its button makes sense. */
export const hasSuggestions = (issues: readonly ShownIssue[]): boolean =>
  issues.some(({ suggestedLabelId }) => suggestedLabelId !== undefined);
export const hasGroups = (issues: readonly ShownIssue[]): boolean =>
  issues.some(({ groupId }) => groupId !== undefined);
