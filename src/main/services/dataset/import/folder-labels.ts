import { posix } from 'node:path';
import type { ImportProblem } from '../../../../shared/api/dataset-api';
import { labelNameSchema } from '../../../../shared/domain/label';
import { PhotoProblem } from '../../../../shared/domain/photo-problem';

export interface FolderLabels {
  /**
   * The label that a photo's folder stands for, and the problem of a folder whose name can be
   * none: told once a folder.
   */
  labelOf(file: { relativePath: string; folder?: string }): {
    label?: string;
    problem?: ImportProblem;
  };
}

/** The name of the folder a photo lies in is its label; none is; or all have the same. */
export type LabelRule = 'folders' | 'none' | { label: string };

export function createFolderLabels(rule: LabelRule): FolderLabels {
  const told = new Set<string>();
  return {
    labelOf({ relativePath, folder }) {
      if (typeof rule === 'object') return rule;
      if (rule === 'none' || folder === undefined) return {};
      const name = labelNameSchema.safeParse(folder);
      if (name.success) return { label: name.data };
      const path = posix.dirname(relativePath);
      if (told.has(path)) return {};
      told.add(path);
      const { reason, message } = new PhotoProblem('label-name');
      const why = name.error.issues[0]?.message;
      return { problem: { path, reason, message: why ? `${message} ${why}.` : message } };
    },
  };
}
