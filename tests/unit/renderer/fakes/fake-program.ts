import { createFakeCorrections, type FakeCorrections } from './fake-corrections';
import { fakeFineTuning } from './fake-fine-tuning';
import { createFakeCompanionPage, type FakeCompanionPage } from './fake-companion-page';
import { createFakeIssues, type FakeIssues } from './fake-issues';
import { createFakeMap, type FakeMap } from './fake-map';
import { createFakePhonePhotos, type FakePhonePhotos } from './fake-phone-photos';
import { createFakePhones, type FakePhones } from './fake-phones';
import { createFakeSuggestions, type FakeSuggestions } from './fake-suggestions';
import type { Emit, Handlers, MethodName } from '@shared/api/contract';
import { contract } from '@shared/api/contract';
import { AppError } from '@shared/api/errors';
import type { ImportReport } from '@shared/api/dataset-api';
import type { SplitState } from '@shared/api/splits-api';
import type { LeakWorth } from '@shared/domain/leak-worth';
import type { Job } from '@shared/domain/job';
import { type Label, nextLabelColor } from '@shared/domain/label';
import type { PhotoSummary } from '@shared/domain/photo';
import type { PhotoFilter, PhotoGroup } from '@shared/domain/photo-filter';
import type { ProjectInfo } from '@shared/domain/project';
import type { SavedFilter } from '@shared/domain/saved-filter';
import { defaultSplitRatio, nextSplit, type Split } from '@shared/domain/split';

/** Photos and labels as the program keeps them, in memory; enough to drive the interface. */
export interface FakeProgram {
  handlers: Handlers;
  /** Set by whoever serves it. */
  emit: Emit;
  photos: PhotoSummary[];
  labels: Label[];
  jobs: Job[];
  project?: ProjectInfo;
  importReport?: ImportReport;
  /** What differs from splits in order. */
  splits?: Partial<SplitState>;
  worth?: LeakWorth;
  issues: FakeIssues;
  map: FakeMap;
  phones: FakePhones;
  phonePhotos: FakePhonePhotos;
  corrections: FakeCorrections;
  companionPage: FakeCompanionPage;
  suggestions: FakeSuggestions;
  /** What any photo looks like. */
  similar: { photos: number[]; method: 'exact' | 'approximate'; of: number };
  /** Names of the methods in the order they were called. */
  calls: MethodName[];
  /** The next call of this method is refused with this error. */
  refuseNext(method: MethodName, error: AppError): void;
  /** Calls of this method wait until the returned function is called. */
  hold(method: MethodName): () => void;
}

export const fakeProject: ProjectInfo = {
  name: 'Kitchen tools',
  folder: '/projects/kitchen-tools',
  createdAt: '2026-01-02T03:04:05.000Z',
  generated: false,
};

export function fakePhoto(id: number, change: Partial<PhotoSummary> = {}): PhotoSummary {
  return {
    id,
    fileName: `photo-${String(id).padStart(5, '0')}.jpg`,
    width: 640,
    height: 480,
    excluded: false,
    missing: false,
    ...change,
  };
}

export function fakeLabels(names: readonly string[]): Label[] {
  const colors: string[] = [];
  return names.map((name, position) => {
    const color = nextLabelColor(colors);
    colors.push(color);
    return { id: position + 1, name, color, position };
  });
}

export function createFakeProgram(
  start: Partial<Pick<FakeProgram, 'photos' | 'labels' | 'jobs' | 'project'>> = {},
): FakeProgram {
  const refusals = new Map<MethodName, AppError>();
  const holds = new Map<MethodName, Promise<void>>();
  let savedFilters: SavedFilter[] = [];
  const past: { description: string; photos: PhotoSummary[]; labels: Label[] }[] = [];
  const future: typeof past = [];
  const program: FakeProgram = {
    photos: [],
    labels: [],
    jobs: [],
    project: fakeProject,
    ...start,
    issues: createFakeIssues(() => program.emit('issues.changed', {})),
    map: createFakeMap(() => program.photos),
    phones: createFakePhones(),
    phonePhotos: createFakePhonePhotos(),
    corrections: createFakeCorrections(() => program.emit('corrections.changed', {})),
    companionPage: createFakeCompanionPage(),
    similar: { photos: [], method: 'exact', of: 0 },
    suggestions: createFakeSuggestions({
      photos: (filter) => list(filter),
      assign: (labels) => assign(labels),
    }),
    calls: [],
    emit: () => undefined,
    refuseNext: (method, error) => void refusals.set(method, error),
    hold(method) {
      let release = () => {};
      holds.set(method, new Promise((resolve) => (release = resolve)));
      return () => {
        holds.delete(method);
        release();
      };
    },
    handlers: {} as Handlers,
  };

  const snapshot = (description: string) => ({
    description,
    photos: program.photos,
    labels: program.labels,
  });

  function edit(description: string, change: () => void, photoIds?: number[]) {
    past.push(snapshot(description));
    future.length = 0;
    change();
    program.emit('dataset.changed', { photoIds });
    return { description };
  }

  function goBack(from: typeof past, to: typeof past) {
    const state = from.pop();
    if (!state) throw new AppError('bad-request', 'There is nothing to undo.');
    to.push(snapshot(state.description));
    program.photos = state.photos;
    program.labels = state.labels;
    program.emit('dataset.changed', {});
    return { description: state.description };
  }

  function editPhotos(
    description: string,
    ids: number[],
    change: (photo: PhotoSummary) => PhotoSummary,
  ) {
    const wanted = new Set(ids);
    return edit(
      description,
      () => {
        program.photos = program.photos.map((photo) =>
          wanted.has(photo.id) ? change(photo) : photo,
        );
      },
      ids,
    );
  }

  const splitsOf = (labelId: number): Record<Split, number> => {
    const counts = { train: 0, validation: 0, test: 0 };
    for (const photo of program.photos) {
      if (photo.labelId === labelId && photo.split && !photo.excluded) counts[photo.split] += 1;
    }
    return counts;
  };

  const assign = (labels: ReadonlyMap<number, number>) =>
    editPhotos(`Labeled ${labels.size} as suggested`, [...labels.keys()], (photo) => ({
      ...photo,
      labelId: labels.get(photo.id),
    }));

  const list = (filter: PhotoFilter) => program.photos.filter((photo) => passes(photo, filter));
  const labelName = (id?: number) => program.labels.find((label) => label.id === id)?.name;

  const implemented: Partial<Handlers> = {
    'projects.current': () => ({ project: program.project }),
    'projects.recent': () => ({ projects: [] }),
    'projects.close': () => {
      program.project = undefined;
      program.emit('projects.changed', {});
      return {};
    },
    'dataset.summary': () => ({
      total: program.photos.length,
      labeled: program.photos.filter((photo) => photo.labelId !== undefined).length,
      unlabeled: list({ unlabeled: true }).length,
      excluded: list({ excluded: true }).length,
      missing: list({ missing: true }).length,
      conflicts: list({ conflict: true }).length,
      labels: program.labels.map((label) => ({
        ...label,
        ...splitsOf(label.id),
        count: program.photos.filter(({ labelId, excluded }) => labelId === label.id && !excluded)
          .length,
      })),
      splits: {
        train: list({ split: 'train' }).length,
        validation: list({ split: 'validation' }).length,
        test: list({ split: 'test' }).length,
      },
      ratio: defaultSplitRatio,
      savedFilters,
      undo: past.at(-1)?.description,
      redo: future.at(-1)?.description,
    }),
    'dataset.listPhotos': ({ filter, offset, limit }) => {
      const photos = list(filter);
      return { total: photos.length, photos: photos.slice(offset, offset + limit) };
    },
    'dataset.listPhotoIds': ({ filter }) => ({ photoIds: list(filter).map(({ id }) => id) }),
    'dataset.photos': ({ photoIds }) => ({
      photos: photoIds.flatMap((id) => program.photos.find((photo) => photo.id === id) ?? []),
    }),
    'dataset.photo': ({ photoId }) => {
      const photo = program.photos.find(({ id }) => id === photoId);
      if (!photo) throw new AppError('not-found', 'There is no such photo.');
      return {
        ...photo,
        sha256: photoId.toString(16).padStart(64, '0'),
        bytes: 48_213,
        facts: {
          format: 'jpeg',
          width: photo.width,
          height: photo.height,
          perceptualHash: '00ff00ff00ff00ff',
          sharpness: 412.7,
          brightness: 131.4,
        },
        folder: '/photos/kitchen',
        stored: false,
        importedAt: '2026-01-02T03:04:05.000Z',
      };
    },
    'dataset.assignLabel': ({ photoIds, labelId }) =>
      editPhotos(`Labeled ${photoIds.length} photos ${labelName(labelId)}`, photoIds, (photo) => ({
        ...photo,
        labelId,
        conflict: undefined,
        split:
          labelId === undefined
            ? undefined
            : (photo.split ?? nextSplit(splitsOf(labelId), defaultSplitRatio)),
      })),
    'dataset.assignLabels': ({ assignments }) => {
      const labelOf = new Map(
        assignments.flatMap(({ labelId, photoIds }) => photoIds.map((id) => [id, labelId])),
      );
      return assign(labelOf);
    },
    'dataset.setExcluded': ({ photoIds, excluded }) =>
      editPhotos(`Excluded ${photoIds.length} photos`, photoIds, (photo) => ({
        ...photo,
        excluded,
      })),
    'dataset.createLabel': ({ name }) => {
      const label: Label = {
        id: Math.max(0, ...program.labels.map(({ id }) => id)) + 1,
        name,
        color: nextLabelColor(program.labels.map(({ color }) => color)),
        position: program.labels.length,
      };
      const { description } = edit(`Made the label ${name}`, () => {
        program.labels = [...program.labels, label];
      });
      return { description, label };
    },
    'dataset.bindLabelKey': ({ labelId, key }) =>
      edit(`Bound ${labelName(labelId)}`, () => {
        program.labels = program.labels.map((label) =>
          label.id === labelId ? { ...label, hotKey: key } : label,
        );
      }),
    'dataset.saveFilter': (saved) =>
      edit(`Saved the filter ${saved.name}`, () => {
        savedFilters = [...savedFilters, saved];
      }),
    'dataset.filterChoices': () => ({
      cameras: [],
      imports: [],
      issues: [],
      clusters: 0,
      answered: 0,
    }),
    'dataset.listGroups': ({ filter, group }) => ({
      groups: group === 'label' ? labelGroups(list(filter)) : [],
    }),
    'dataset.undo': () => goBack(past, future),
    'dataset.redo': () => goBack(future, past),
    'dataset.importReport': () => ({ report: program.importReport }),
    'jobs.list': () => ({ jobs: program.jobs }),
    'jobs.cancel': () => ({}),
    'jobs.resume': ({ jobId }) => ({ jobId }),
    'jobs.dismiss': ({ jobId }) => {
      program.jobs = program.jobs.filter(({ id }) => id !== jobId);
      program.emit('jobs.dismissed', { jobId });
      return {};
    },
    'issues.overview': () => program.issues.overview(),
    'issues.list': (question) => program.issues.list(question),
    'issues.decide': (decided) => program.issues.decide(decided),
    'issues.analyze': () => ({ jobId: 'job-9' }),
    ...program.suggestions.handlers,
    'similarity.findSimilar': () => ({
      ...program.similar,
      photos: program.similar.photos.map((photoId) => ({ photoId, similarity: 0.9 })),
    }),
    'map.state': () => program.map.state(),
    'map.points': () => program.map.points(),
    'map.facts': ({ photoIds }) => program.map.facts(photoIds),
    'map.compute': () => ({ jobId: 'job-8' }),
    'splits.state': () => ({
      ratio: defaultSplitRatio,
      seed: 1,
      by: 'none',
      groups: 0,
      straddling: 0,
      heldOut: 0,
      withoutTest: [],
      ...program.splits,
    }),
    'splits.lockTest': ({ locked }) =>
      edit(locked ? 'Locked the test set' : 'Unlocked the test set', () => {
        const lockedAt = locked ? '2026-01-02T03:04:05.000Z' : undefined;
        program.splits = { ...program.splits, lockedAt };
      }),
    'splits.keepTogether': () =>
      edit('Kept copies together in one split', () => {
        program.splits = { ...program.splits, straddling: 0 };
      }),
    'leak.worth': () => ({ worth: program.worth }),
    'leak.measure': () => ({ jobId: 'job-7' }),
    'versions.list': () => ({ versions: [] }),
    'watched.list': () => ({ folders: [] }),
    'models.list': () => ({ models: [] }),
    'evaluation.comparisons': () => ({ comparisons: [] }),
    'evaluation.tradeOff': () => ({}),
    'evaluation.setNote': () => ({}),
    'evaluation.slices': () => ({ slices: [] }),
    'evaluation.slicePhotos': () => ({ photoIds: [] }),
    'evaluation.robustness': () => ({}),
    'training.backbones': () => ({ backbones: [] }),
    ...fakeFineTuning,
    'headTrials.backbones': () => ({}),
    'headTrials.curve': () => ({}),
    'headTrials.lastSearch': () => ({}),
    'quantization.ladder': () => ({}),
    'quantization.calibrations': () => ({}),
    'preprocessing.lastCheck': () => ({}),
    ...program.phones.handlers,
    ...program.phonePhotos.handlers,
    ...program.corrections.handlers,
    ...program.companionPage.handlers,
  };

  async function handle(method: MethodName, input: unknown, context: object): Promise<unknown> {
    program.calls.push(method);
    await holds.get(method);
    const refusal = refusals.get(method);
    refusals.delete(method);
    if (refusal) throw refusal;
    const handler = implemented[method] as
      | ((input: unknown, context: object) => unknown)
      | undefined;
    if (!handler) throw new AppError('bad-request', `The fake program has no ${method}.`);
    return handler(input, context);
  }

  const names = Object.keys(contract) as MethodName[];
  program.handlers = Object.fromEntries(
    names.map((name) => [name, (input: unknown, context: object) => handle(name, input, context)]),
  ) as unknown as Handlers;
  return program;
}

function labelGroups(photos: readonly PhotoSummary[]): PhotoGroup[] {
  const counts = new Map<number | undefined, number>();
  for (const { labelId } of photos) counts.set(labelId, (counts.get(labelId) ?? 0) + 1);
  return [...counts].map(([labelId, count]) => ({ key: String(labelId ?? ''), labelId, count }));
}

function passes(photo: PhotoSummary, filter: PhotoFilter): boolean {
  const { labelIds, unlabeled, split, excluded, missing, conflict, text } = filter;
  return (
    (!labelIds || (photo.labelId !== undefined && labelIds.includes(photo.labelId))) &&
    (unlabeled === undefined || (photo.labelId === undefined) === unlabeled) &&
    (split === undefined || photo.split === split) &&
    (excluded === undefined || photo.excluded === excluded) &&
    (missing === undefined || photo.missing === missing) &&
    (conflict === undefined || (photo.conflict !== undefined) === conflict) &&
    (text === undefined || photo.fileName.includes(text))
  );
}
