import type { Model } from '@shared/domain/model';

/** Newest family first; within one the parent, then what was made from it, oldest first. */
export function inFamilies(models: readonly Model[]): { model: Model; isChild: boolean }[] {
  const known = new Set(models.map(({ id }) => id));
  const isChild = ({ parentId }: Model) => parentId !== undefined && known.has(parentId);
  const heads = models.filter((model) => !isChild(model));
  return heads.flatMap((head) => [
    { model: head, isChild: false },
    ...models
      .filter(({ parentId }) => parentId === head.id)
      .toReversed()
      .map((model) => ({ model, isChild: true })),
  ]);
}
