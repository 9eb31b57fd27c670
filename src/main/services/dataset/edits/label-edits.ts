import { AppError } from '../../../../shared/api/errors';
import type { Label, LabelId } from '../../../../shared/domain/label';
import type { Database } from '../../../platform/database/database';
import type { History } from './history';
import { foldName, type LabelRepository } from '../label-repository';
import type { Edited } from './photo-edits';
import { changePhotos, type PhotoChange } from '../photos/photo-states';
import { dealMissingSplits } from '../splits/split-assignment';

/** What people do to labels. Every function is one step of the history. */
export interface LabelEdits {
  /** @throws AppError 'label-exists', whatever the case of its letters. */
  create(name: string): Edited & { label: Label };
  /** @throws AppError 'not-found', 'label-exists'. */
  rename(id: LabelId, name: string): Edited;
  recolor(id: LabelId, color: string): Edited;
  /** Takes the key from a label that has it. Without `key` the place in the list decides again. */
  bindKey(id: LabelId, key: string | undefined): Edited;
  /** @throws AppError 'not-found', 'bad-request' when both are the same. */
  merge(fromId: LabelId, intoId: LabelId): Edited;
  delete(id: LabelId): Edited;
}

export function createLabelEdits(
  database: Database,
  labels: LabelRepository,
  history: History,
): LabelEdits {
  function requireFree(name: string, exceptId?: LabelId): void {
    const taken = labels.findByName(name);
    if (!taken || taken.id === exceptId) return;
    throw new AppError(
      'label-exists',
      `There is already a label ${taken.name}.`,
      'Choose another name, or merge the two labels.',
    );
  }

  function photosOf(id: LabelId): number[] {
    return database
      .all<{ id: number }>('SELECT id FROM photos WHERE label_id = ?', [id])
      .map((row) => row.id);
  }

  /** Conflicts name labels: they follow when one is renamed or merged. */
  function renameInConflicts(from: string, to: string): PhotoChange[] {
    const ids = database
      .all<{ id: number }>('SELECT id FROM photos WHERE conflict IS NOT NULL')
      .map((row) => row.id);
    return changePhotos(database, ids, (state) => {
      const names = JSON.parse(state.conflict ?? '[]') as string[];
      const renamed = names.map((name) => (foldName(name) === foldName(from) ? to : name));
      const left = [...new Set(renamed)];
      // Two labels that became one no longer disagree.
      const settled = left.length < names.length && left.length === 1;
      if (!settled) return { conflict: JSON.stringify(left) };
      return { conflict: null, labelId: labels.findByName(to)?.id ?? null };
    });
  }

  function change(description: string, before: Label, after: Label): Edited {
    const work = () => {
      if (JSON.stringify(before) === JSON.stringify(after)) return {};
      labels.put(after);
      const photos = before.name === after.name ? [] : renameInConflicts(before.name, after.name);
      return { labels: [{ before, after }], photos };
    };
    return { description, patch: history.edit(description, work) };
  }

  return {
    create(name) {
      requireFree(name);
      const description = `Created the label ${name}`;
      let label: Label | undefined;
      const patch = history.edit(description, () => {
        label = labels.draft(name);
        labels.put(label);
        return { labels: [{ after: label }] };
      });
      if (!label) throw new Error('A created label is always drafted');
      return { description, patch, label };
    },
    rename(id, name) {
      const before = labels.get(id);
      requireFree(name, id);
      return change(`Renamed the label ${before.name} to ${name}`, before, { ...before, name });
    },
    recolor(id, color) {
      const before = labels.get(id);
      return change(`Recolored the label ${before.name}`, before, { ...before, color });
    },
    bindKey(id, key) {
      const before = labels.get(id);
      const description =
        key === undefined
          ? `Took the key of the label ${before.name}`
          : `Bound the label ${before.name} to ${key.toUpperCase()}`;
      const patch = history.edit(description, () => {
        const holders = labels.all().filter(({ hotKey }) => key !== undefined && hotKey === key);
        const changes = [
          ...holders
            .filter((holder) => holder.id !== id)
            .map((holder) => ({ before: holder, after: { ...holder, hotKey: undefined } })),
          ...(before.hotKey === key ? [] : [{ before, after: { ...before, hotKey: key } }]),
        ];
        for (const { after } of changes) labels.put(after);
        return { labels: changes };
      });
      return { description, patch };
    },
    merge(fromId, intoId) {
      const [from, into] = [labels.get(fromId), labels.get(intoId)];
      if (fromId === intoId) {
        throw new AppError('bad-request', 'A label can’t be merged into itself.');
      }
      const description = `Merged the label ${from.name} into ${into.name}`;
      const patch = history.edit(description, () => {
        const photos = [
          ...changePhotos(database, photosOf(fromId), () => ({ labelId: intoId })),
          ...renameInConflicts(from.name, into.name),
          ...dealMissingSplits(database),
        ];
        labels.removeUnused(fromId);
        return { labels: [{ before: from }], photos };
      });
      return { description, patch };
    },
    delete(id) {
      const before = labels.get(id);
      const description = `Deleted the label ${before.name}`;
      const patch = history.edit(description, () => {
        const photos = changePhotos(database, photosOf(id), () => ({ labelId: null }));
        labels.removeUnused(id);
        return { labels: [{ before }], photos };
      });
      return { description, patch };
    },
  };
}
