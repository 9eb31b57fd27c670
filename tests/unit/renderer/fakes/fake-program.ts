import { createFakeCorrections, type FakeCorrections } from './fake-corrections';
import { fakeFineTuning } from './fake-fine-tuning';
import { createFakeCompanionPage, type FakeCompanionPage } from './fake-companion-page';
import { createFakeIssues, type FakeIssues } from './fake-issues';
import { createFakeMap, type FakeMap } from './fake-map';
import { createFakePhonePhotos, type FakePhonePhotos } from './fake-phone-photos';
import { createFakePhones, type FakePhones } from './fake-phones';
import { createFakePhotoDesk } from './fake-photo-desk';
import { fakeProject } from './fake-photos';
import { createFakeSuggestions, type FakeSuggestions } from './fake-suggestions';
import type { Emit, Handlers, MethodName } from '@shared/api/contract';
import { contract } from '@shared/api/contract';
import { AppError } from '@shared/api/errors';
import type { ImportReport } from '@shared/api/dataset-api';
import type { SplitState } from '@shared/api/splits-api';
import type { LeakWorth } from '@shared/domain/leak-worth';
import type { Job } from '@shared/domain/job';
import type { Label } from '@shared/domain/label';
import type { PhotoSummary } from '@shared/domain/photo';
import type { ProjectInfo } from '@shared/domain/project';
import { defaultSplitRatio } from '@shared/domain/split';

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

export function createFakeProgram(
  start: Partial<Pick<FakeProgram, 'photos' | 'labels' | 'jobs' | 'project'>> = {},
): FakeProgram {
  const refusals = new Map<MethodName, AppError>();
  const holds = new Map<MethodName, Promise<void>>();
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
      photos: (filter) => desk.list(filter),
      assign: (labels) => desk.assign(labels),
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

  const desk = createFakePhotoDesk(program);

  const implemented: Partial<Handlers> = {
    'projects.current': () => ({ project: program.project }),
    'projects.recent': () => ({ projects: [] }),
    'projects.close': () => {
      program.project = undefined;
      program.emit('projects.changed', {});
      return {};
    },
    ...desk.handlers,
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
