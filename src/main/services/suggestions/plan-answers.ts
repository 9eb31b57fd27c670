import { type Backbone, backboneRecipe } from '../../../shared/domain/backbone';
import type { LabelId } from '../../../shared/domain/label';
import type { Model } from '../../../shared/domain/model';
import { pixelRecipeKey } from '../../../shared/domain/preprocessing';
import type { Database } from '../../platform/database/database';
import type { Dataset, Features, Models, ProjectContext } from '../ports';

export interface PlanParts {
  context: ProjectContext;
  dataset: Dataset;
  models: Models;
  features: Features;
}

/** Where answers are to come from. Equal keys: the same photo gets the same answer. */
export type AnswerPlan = { key: string; backbone: Backbone } & (
  | { kind: 'model'; model: Model; labelIds: (LabelId | undefined)[] }
  | { kind: 'neighbors' }
  | { kind: 'none' }
);

/**
 * The newest float32 model that works on the features that are computed, and of whose labels one is
 * still there, is asked; without such a model the neighbors of each photo are.
 */
export function planAnswers({ context, dataset, models, features }: PlanParts): AnswerPlan {
  const backbone = features.backbone();
  const space = backbone.sha256.slice(0, 16);
  const recipe = pixelRecipeKey(backboneRecipe(backbone));
  for (const model of models.list()) {
    const fits =
      model.precision === 'float32' &&
      model.backbone === backbone.name &&
      pixelRecipeKey(model.preprocessing) === recipe;
    if (!fits) continue;
    const labelIds = dataset.labelIdsOf(model.versionId);
    if (!labelIds.some(Boolean)) continue;
    const labels = labelIds.map((labelId) => labelId ?? 0).join();
    const key = `model ${model.id} ${model.sha256.slice(0, 16)} ${labels} ${space}`;
    return { kind: 'model', key, backbone, model, labelIds };
  }
  const { labels, fingerprint } = readLabeled(context.database);
  if (labels < 2) return { kind: 'none', key: 'none', backbone };
  return { kind: 'neighbors', key: `neighbors ${fingerprint} ${space}`, backbone };
}

/** Photos whose labels count as right. */
export const labeledPhotos = 'label_id IS NOT NULL AND excluded = 0 AND conflict IS NULL';

/**
 * How many labels have photos, and a text that is another one when any of these photos got another
 * label: a sum of products, so that two photos can't trade their labels unnoticed.
 */
function readLabeled(database: Database): { labels: number; fingerprint: string } {
  const row = database.get<{ labels: number; photos: number; sum: number | null }>(
    `SELECT count(DISTINCT label_id) AS labels, count(*) AS photos,
       sum((id * 2654435761 % 2147483647) * (label_id * 40503 % 65521 + 7) % 4294967291) AS sum
     FROM photos WHERE ${labeledPhotos}`,
  );
  return { labels: row?.labels ?? 0, fingerprint: `${row?.photos ?? 0}:${row?.sum ?? 0}` };
}
