import { expect, test } from 'vitest';
import { createDatasetProject, insertPhotoRows } from '../../../../../fixtures/dataset-project';

function decisionsOf({ context }: ReturnType<typeof createDatasetProject>) {
  return context.database
    .all<{ photo_id: number; decision: string; label_id: number }>(
      "SELECT photo_id, decision, label_id FROM issue_decisions WHERE kind = 'blurred' ORDER BY photo_id",
    )
    .map((row) => ({ ...row }));
}

test('a decision remembers the label, can be changed, taken back, undone and redone', async () => {
  const project = createDatasetProject();
  insertPhotoRows(project.context, 3);
  const { label } = await project.call('dataset.createLabel', { name: 'hat' });
  await project.call('dataset.assignLabel', { photoIds: [2], labelId: label.id });
  const { decideIssue } = project.service.dataset;

  expect(decideIssue('blurred', [1, 2, 99], 'kept')).toBe('Accepted the issue of 3 photos');
  const kept = [
    { photo_id: 1, decision: 'kept', label_id: 0 },
    { photo_id: 2, decision: 'kept', label_id: label.id },
  ];
  expect(decisionsOf(project)).toEqual(kept);

  decideIssue('blurred', [2], 'ignored');
  decideIssue('blurred', [1], undefined);
  expect(decisionsOf(project)).toEqual([{ photo_id: 2, decision: 'ignored', label_id: label.id }]);

  await project.call('dataset.undo', {});
  await project.call('dataset.undo', {});
  expect(decisionsOf(project)).toEqual(kept);
  await project.call('dataset.undo', {});
  expect(decisionsOf(project)).toEqual([]);
  await project.call('dataset.redo', {});
  expect(decisionsOf(project)).toEqual(kept);
});

test('photos that are not there can not be decided about', () => {
  const project = createDatasetProject();
  expect(() => project.service.dataset.decideIssue('blurred', [7], 'kept')).toThrow(
    'These photos are not in the project.',
  );
});
