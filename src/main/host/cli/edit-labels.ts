import type { StudioClient } from '../../../shared/api/contract';
import { AppError } from '../../../shared/api/errors';
import type { Label } from '../../../shared/domain/label';
import type { PhotoId } from '../../../shared/domain/photo';
import type { PhotoFilter } from '../../../shared/domain/photo-filter';

/** One change to photos or labels, as the options of `pocketlens label` say it. */
export interface LabelEdit {
  photos?: PhotoId[];
  match?: string;
  labeled?: string;
  unlabeled?: boolean;
  to?: string;
  clear?: boolean;
  exclude?: boolean;
  include?: boolean;
  rename?: [string, string];
  merge?: [string, string];
  delete?: string;
  undo?: boolean;
  redo?: boolean;
}

const actions = [
  'to',
  'clear',
  'exclude',
  'include',
  'rename',
  'merge',
  'delete',
  'undo',
  'redo',
] as const;

/**
 * Does what the options ask for and returns what was done; undefined when they ask for nothing.
 * @throws AppError 'bad-request' for options that do not go together.
 */
export async function editLabels(
  client: StudioClient,
  edit: LabelEdit,
): Promise<string | undefined> {
  const asked = actions.filter((action) => edit[action] !== undefined);
  const [action] = asked;
  if (asked.length > 1) {
    throw new AppError(
      'bad-request',
      `${asked.map((name) => `--${name}`).join(' and ')} can't be done at once.`,
      'Run the command once for each.',
    );
  }
  if (!action) {
    if (!choosesPhotos(edit)) return undefined;
    throw new AppError(
      'bad-request',
      'Photos were chosen, but not what to do with them.',
      'Add --to NAME, --clear, --exclude or --include.',
    );
  }
  const { description } = await perform(client, action, edit);
  return description;
}

async function perform(
  client: StudioClient,
  action: (typeof actions)[number],
  edit: LabelEdit,
): Promise<{ description: string }> {
  switch (action) {
    case 'undo':
      return client.call('dataset.undo', {});
    case 'redo':
      return client.call('dataset.redo', {});
    case 'rename': {
      const [from = '', to = ''] = edit.rename ?? [];
      const { id } = await findLabel(client, from);
      return client.call('dataset.renameLabel', { labelId: id, name: to });
    }
    case 'merge': {
      const [from = '', into = ''] = edit.merge ?? [];
      const fromId = (await findLabel(client, from)).id;
      const intoId = (await findLabel(client, into)).id;
      return client.call('dataset.mergeLabels', { fromId, intoId });
    }
    case 'delete': {
      const { id } = await findLabel(client, edit.delete ?? '');
      return client.call('dataset.deleteLabel', { labelId: id });
    }
    case 'clear':
      return client.call('dataset.assignLabel', { photoIds: await choosePhotos(client, edit) });
    case 'exclude':
    case 'include':
      return client.call('dataset.setExcluded', {
        photoIds: await choosePhotos(client, edit),
        excluded: action === 'exclude',
      });
    case 'to': {
      const photoIds = await choosePhotos(client, edit);
      const label = await findOrCreateLabel(client, edit.to ?? '');
      return client.call('dataset.assignLabel', { photoIds, labelId: label.id });
    }
  }
}

const choosesPhotos = ({ photos, match, labeled, unlabeled }: LabelEdit): boolean =>
  [photos, match, labeled, unlabeled].some((condition) => condition !== undefined);

/** Photos that meet every condition given. */
async function choosePhotos(client: StudioClient, edit: LabelEdit): Promise<PhotoId[]> {
  if (!choosesPhotos(edit)) {
    throw new AppError(
      'bad-request',
      'No photos were chosen.',
      'Choose them with --photos, --match, --labeled or --unlabeled.',
    );
  }
  const filter: PhotoFilter = {};
  if (edit.match !== undefined) filter.text = edit.match;
  if (edit.unlabeled) filter.unlabeled = true;
  if (edit.labeled !== undefined) filter.labelIds = [(await findLabel(client, edit.labeled)).id];
  const { photoIds } = await client.call('dataset.listPhotoIds', { filter });
  const wanted = edit.photos && new Set(edit.photos);
  const chosen = wanted ? photoIds.filter((id) => wanted.has(id)) : photoIds;
  if (chosen.length > 0) return chosen;
  throw new AppError(
    'not-found',
    'No photo meets these conditions.',
    'Run "pocketlens status DIR" to see what is in the project.',
  );
}

async function labelNamed(client: StudioClient, name: string): Promise<Label | undefined> {
  const { labels } = await client.call('dataset.summary', {});
  // As the database compares them: accents and letters as composed, ASCII case aside.
  const key = (text: string) => text.normalize('NFC').trim().toLowerCase();
  return labels.find((label) => key(label.name) === key(name));
}

async function findLabel(client: StudioClient, name: string): Promise<Label> {
  const label = await labelNamed(client, name);
  if (label) return label;
  throw new AppError(
    'not-found',
    `There is no label "${name}".`,
    'Run "pocketlens label DIR" to list them.',
  );
}

async function findOrCreateLabel(client: StudioClient, name: string): Promise<Label> {
  const known = await labelNamed(client, name);
  return known ?? (await client.call('dataset.createLabel', { name })).label;
}
