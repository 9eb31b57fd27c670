import { AppError } from '../../../../shared/api/errors';
import type { Label } from '../../../../shared/domain/label';
import type { Database } from '../../../platform/database/database';
import type { LabelRepository } from '../label-repository';
import { applyDecisionChanges, type DecisionChange } from './issue-decisions';
import { applyPhotoChanges, type PhotoChange } from '../photos/photo-states';
import { applySettingChanges, type SettingChange } from './settings';

/** All that one edit changed: rows as they were and as they are. Stored as JSON. */
export interface Patch {
  labels?: { before?: Label; after?: Label }[];
  photos?: PhotoChange[];
  settings?: SettingChange[];
  decisions?: DecisionChange[];
}

/** Older edits are forgotten: nobody undoes a thousand. */
const keptEdits = 1000;

interface HistoryRow {
  id: number;
  description: string;
  patch: string;
}

/**
 * Undo and redo, kept in the project: they survive a restart. Edits are recorded by what they did,
 * so that undoing needs to know nothing about the kinds of edits there are.
 */
export class History {
  constructor(
    private readonly database: Database,
    private readonly labels: LabelRepository,
    private readonly now: () => Date,
  ) {}

  /**
   * Runs an edit and records it, all or nothing; what could be redone is forgotten. An edit that
   * changes nothing leaves the history alone.
   */
  edit(description: string, work: () => Patch): Patch {
    return this.database.transaction(() => {
      const patch = work();
      if (isEmpty(patch)) return patch;
      this.database.run('DELETE FROM history WHERE undone = 1');
      const { lastId } = this.database.run(
        'INSERT INTO history (description, patch, created_at) VALUES (?, ?, ?)',
        [description, JSON.stringify(patch), this.now().toISOString()],
      );
      this.database.run('DELETE FROM history WHERE id <= ?', [lastId - keptEdits]);
      return patch;
    });
  }

  /** What undo would take back, by its description. */
  nextUndo(): string | undefined {
    return this.newestDone()?.description;
  }

  nextRedo(): string | undefined {
    return this.oldestUndone()?.description;
  }

  /** @throws AppError 'bad-request' when there is nothing to undo. */
  undo(): { description: string; patch: Patch } {
    return this.step(this.newestDone(), 'before');
  }

  /** @throws AppError 'bad-request' when there is nothing to redo. */
  redo(): { description: string; patch: Patch } {
    return this.step(this.oldestUndone(), 'after');
  }

  private step(
    row: HistoryRow | undefined,
    to: 'before' | 'after',
  ): { description: string; patch: Patch } {
    if (!row) {
      throw new AppError(
        'bad-request',
        `There is nothing to ${to === 'before' ? 'undo' : 'redo'}.`,
      );
    }
    const patch = JSON.parse(row.patch) as Patch;
    this.database.transaction(() => {
      this.apply(patch, to);
      this.database.run('UPDATE history SET undone = ? WHERE id = ?', [
        to === 'before' ? 1 : 0,
        row.id,
      ]);
    });
    return { description: row.description, patch };
  }

  /** Labels come before the photos that carry them, and go after they were taken off. */
  private apply(patch: Patch, to: 'before' | 'after'): void {
    const labels = patch.labels ?? [];
    for (const change of labels) {
      const label = change[to];
      if (label) this.labels.put(label);
    }
    applyPhotoChanges(this.database, patch.photos ?? [], to);
    for (const { before, after } of labels) {
      const gone = to === 'before' ? !before && after : !after && before;
      if (gone) this.labels.removeUnused(gone.id);
    }
    applySettingChanges(this.database, patch.settings ?? [], to);
    applyDecisionChanges(this.database, patch.decisions ?? [], to);
  }

  private newestDone(): HistoryRow | undefined {
    return this.database.get<HistoryRow>(
      'SELECT id, description, patch FROM history WHERE undone = 0 ORDER BY id DESC LIMIT 1',
    );
  }

  private oldestUndone(): HistoryRow | undefined {
    return this.database.get<HistoryRow>(
      'SELECT id, description, patch FROM history WHERE undone = 1 ORDER BY id LIMIT 1',
    );
  }
}

function isEmpty(patch: Patch): boolean {
  const { labels, photos, settings, decisions } = patch;
  return [labels, photos, settings, decisions].every((changes) => !changes?.length);
}
