import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createStaging } from '@main/platform/staging';
import { openProject, type OpenProject } from '@main/services/projects/open-project';
import {
  createProjectService,
  type ProjectService,
  type ProjectSession,
} from '@main/services/projects/project-service';
import { createRecentProjects } from '@main/services/projects/recent-projects';
import type { Emit } from '@shared/api/contract';
import type { ProjectInfo } from '@shared/domain/project';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { createFakeLogger } from '../../../../fakes/fake-logger';
import { temporaryFolder } from '../../../../fixtures/temporary-folder';

/** A session that writes down what happens to it. */
interface FakeSession extends ProjectSession {
  project: OpenProject;
  emit: Emit;
}

let root: string;
let happened: string[];
let events: { name: string; project?: ProjectInfo }[];
let failStart: Error | undefined;
let service: ProjectService<FakeSession>;
let staging: ReturnType<typeof createStaging>;

const call = { signal: new AbortController().signal };
const now = () => new Date('2025-05-05T05:05:05Z');

beforeEach(() => {
  root = temporaryFolder();
  happened = [];
  events = [];
  failStart = undefined;
  staging = createStaging({ temporaryFolder: join(root, 'uploads') });
  service = createProjectService<FakeSession>({
    projectsFolder: join(root, 'projects'),
    program: 'Test Studio',
    recent: createRecentProjects(join(root, 'settings'), createFakeLogger()),
    staging,
    emit: (name, payload) => void events.push({ name, ...payload }),
    now,
    async startSession(project, emit) {
      if (failStart) throw failStart;
      const { name } = project.info;
      happened.push(`start ${name}`);
      return {
        project,
        emit,
        fillWithSample: () => void happened.push(`fill ${name}`),
        async dispose() {
          await new Promise((resolve) => setTimeout(resolve, 5));
          // The database is open until the session has ended.
          project.database.get('SELECT 1 AS one');
          emit('jobs.dismissed', { jobId: 'job-1' });
          happened.push(`dispose ${name}`);
        },
      };
    },
  });
  onTestFinished(() => service.dispose());
});

const current = async () => (await service.handlers['projects.current']({}, call)).project;
const recent = async () => (await service.handlers['projects.recent']({}, call)).projects;
const create = (name: string, placeId?: string) =>
  service.handlers['projects.create']({ name, placeId }, call);
const refusal = (code: string) => expect.objectContaining({ name: 'AppError', code });

test('creates a project in a folder of its name, opens it and remembers it', async () => {
  const folder = join(root, 'projects', 'Fruit');
  await expect(create('Fruit')).resolves.toEqual({
    project: { name: 'Fruit', folder, createdAt: '2025-05-05T05:05:05.000Z', generated: false },
  });
  expect(readdirSync(folder)).toEqual(
    expect.arrayContaining(['blobs', 'cache', 'exports', 'models', 'project.sqlite', 'trash']),
  );
  expect(await current()).toMatchObject({ name: 'Fruit' });
  expect(events.map((event) => event.name)).toEqual(['projects.changed']);
  expect(await recent()).toEqual([
    expect.objectContaining({ name: 'Fruit', folder, available: true }),
  ]);
});

test('names that a folder can not have, or that are taken, find another folder', async () => {
  await create('a/b: "c"?');
  expect((await current())?.folder).toBe(join(root, 'projects', 'a-b- -c--'));
  await create('..');
  expect((await current())?.folder).toBe(join(root, 'projects', 'Project'));
  await create('Twice');
  await create('Twice');
  expect(await current()).toMatchObject({
    name: 'Twice',
    folder: join(root, 'projects', 'Twice 2'),
  });
});

describe('a staged folder', () => {
  test('is used when it is empty, and opened by its id', async () => {
    const folder = join(root, 'mine');
    mkdirSync(folder);
    const placeId = staging.stagePlace(folder);
    await create('Mine', placeId);
    await service.handlers['projects.close']({}, call);
    expect(await current()).toBeUndefined();
    await service.handlers['projects.open']({ placeId }, call);
    expect(await current()).toMatchObject({ name: 'Mine', folder });
  });

  test('is refused when it has other things in it, or a project', async () => {
    const folder = join(root, 'photos');
    mkdirSync(folder);
    writeFileSync(join(folder, 'holiday.jpg'), 'x');
    const placeId = staging.stagePlace(folder);
    await expect(create('Photos', placeId)).rejects.toEqual(refusal('project-exists'));
    expect(readdirSync(folder)).toEqual(['holiday.jpg']);

    await create('Fruit');
    await expect(service.create((await current())?.folder ?? '', 'Again')).rejects.toEqual(
      refusal('project-exists'),
    );
    expect(await current()).toMatchObject({ name: 'Fruit' });
  });

  test('below a file can not be made', async () => {
    writeFileSync(join(root, 'file'), '');
    await expect(service.create(join(root, 'file', 'project'), 'X')).rejects.toThrow();
    expect(await current()).toBeUndefined();
  });
});

describe('opening', () => {
  test('another project ends the first, after the new one is open', async () => {
    await create('First');
    await create('Second');
    expect(happened).toEqual(['start First', 'start Second', 'dispose First']);
    // What the first one still said was about a project that nobody looks at.
    expect(events.map((event) => event.name)).toEqual(['projects.changed', 'projects.changed']);
    const first = openProject(join(root, 'projects', 'First'), { program: 'x', now });
    first.close();
  });

  test('the open one again changes nothing', async () => {
    await create('First');
    await service.open((await current())?.folder ?? '');
    expect(happened).toEqual(['start First']);
  });

  test('one that fails leaves the first open', async () => {
    await create('First');
    await expect(service.open(join(root, 'nowhere'))).rejects.toEqual(refusal('project-missing'));
    failStart = new Error('no');
    await expect(create('Second')).rejects.toThrow('no');
    expect(await current()).toMatchObject({ name: 'First' });
    // Its lock is not held any more.
    openProject(join(root, 'projects', 'Second'), { program: 'x', now }).close();
  });

  test('a project that another program has is refused with its name', async () => {
    await create('Fruit');
    const folder = (await current())?.folder ?? '';
    expect(() => openProject(folder, { program: 'Other', now })).toThrow(
      expect.objectContaining({
        code: 'project-locked',
        message: expect.stringContaining('Test Studio'),
      }),
    );
    await service.handlers['projects.close']({}, call);
    openProject(folder, { program: 'Other', now }).close();
  });

  test('two at once take turns', async () => {
    await Promise.all([create('One'), create('Two'), service.handlers['projects.close']({}, call)]);
    expect(await current()).toBeUndefined();
    expect(happened).toEqual(['start One', 'start Two', 'dispose One', 'dispose Two']);
  });

  test('what a killed program had not finished writing is gone when the project is opened', async () => {
    await create('Fruit');
    await service.handlers['projects.close']({}, call);
    const folder = join(root, 'projects', 'Fruit');
    writeFileSync(join(folder, 'blobs', 'a1b2.part'), 'half a photo');
    mkdirSync(join(folder, 'blobs', 'ab'));
    mkdirSync(join(folder, 'exports', '.export-1.77.partial'));
    writeFileSync(join(folder, 'exports', '.export-1.77.partial', 'labels.txt'), 'banana');
    writeFileSync(join(folder, 'exports', 'export-1.zip.partial'), 'half a zip');
    mkdirSync(join(folder, 'exports', 'export-1'));
    await service.open(folder);
    expect(readdirSync(join(folder, 'blobs'))).toEqual(['ab']);
    expect(readdirSync(join(folder, 'exports'))).toEqual(['export-1']);
  });

  test('a damaged project is refused and can be opened once it is restored', async () => {
    await create('Fruit');
    const { folder = '' } = (await current()) ?? {};
    await service.handlers['projects.close']({}, call);
    const file = join(folder, 'project.sqlite');
    const good = readFileSync(file);
    for (const suffix of ['-wal', '-shm']) rmSync(file + suffix, { force: true });
    writeFileSync(file, 'broken '.repeat(1000));
    await expect(service.open(folder)).rejects.toEqual(refusal('project-damaged'));
    writeFileSync(file, good);
    await service.open(folder);
    expect(await current()).toMatchObject({ name: 'Fruit' });
  });
});

describe('recent projects', () => {
  test('newest first, opened and forgotten by id, marked when their folder is gone', async () => {
    await create('One');
    await create('Two');
    await service.handlers['projects.close']({}, call);
    const [two, one] = await recent();
    expect([two?.name, one?.name]).toEqual(['Two', 'One']);
    await service.handlers['projects.open']({ recentId: one?.id ?? '' }, call);
    expect((await recent()).map(({ name }) => name)).toEqual(['One', 'Two']);
    rmSync(two?.folder ?? '', { recursive: true });
    expect((await recent()).map(({ available }) => available)).toEqual([true, false]);
    await service.handlers['projects.forget']({ recentId: two?.id ?? '' }, call);
    expect((await recent()).map(({ name }) => name)).toEqual(['One']);
    await expect(
      service.handlers['projects.open']({ recentId: two?.id ?? '' }, call),
    ).rejects.toEqual(refusal('not-found'));
  });

  test('a damaged list is an empty one, and is written anew', async () => {
    mkdirSync(join(root, 'settings'));
    writeFileSync(join(root, 'settings', 'recent-projects.json'), '[{"name": 3}]');
    expect(await recent()).toEqual([]);
    await create('One');
    expect((await recent()).map(({ name }) => name)).toEqual(['One']);
  });

  test('a list that can not be written does not keep a project closed', async () => {
    writeFileSync(join(root, 'settings'), 'a file where the folder should be');
    await create('One');
    expect(await current()).toMatchObject({ name: 'One' });
  });
});

describe('the sample project', () => {
  test('is made once, marked as generated, and opened the next time', async () => {
    const sample = () => service.handlers['projects.createSample']({}, call);
    const { project } = await sample();
    expect(project).toMatchObject({ name: 'Sample project', generated: true });
    await service.handlers['projects.close']({}, call);
    expect((await sample()).project?.folder).toBe(project?.folder);
    expect(happened).toEqual([
      'start Sample project',
      'fill Sample project',
      'dispose Sample project',
      'start Sample project',
      'fill Sample project',
    ]);
    expect(existsSync(join(root, 'projects', 'Sample project 2'))).toBe(false);
  });

  test("never touches a person's own project of that name", async () => {
    await create('Sample project');
    await service.handlers['projects.createSample']({}, call);
    expect(happened).toEqual(['start Sample project']);
  });
});
