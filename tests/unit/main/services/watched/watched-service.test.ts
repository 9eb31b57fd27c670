import { appendFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProjectContext } from '@main/services/ports';
import { createWatchedService, type WatchedService } from '@main/services/watched/watched-service';
import type { WatchedFolder } from '@shared/api/watched-api';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createDatasetProject, type DatasetProject } from '../../../../fixtures/dataset-project';
import { drawPhoto, makePhotos } from '../../../../fixtures/make-photos';
import { temporaryFolder } from '../../../../fixtures/temporary-folder';

const times = { settled: 150, together: 60, presence: 80, rescan: 1000 };
const callContext = { signal: new AbortController().signal };

interface Watching {
  project: DatasetProject;
  folder: string;
  service: WatchedService;
  /** The first watched folder as it is shown. */
  shown(): WatchedFolder;
  /** File names and labels, by name. */
  photos(): Promise<string[]>;
  add(place?: string, lasting?: boolean): Promise<string>;
  open(resume?: boolean): WatchedService;
}

/** A project whose jobs run as they are started, and a folder that is not watched yet. */
function start(changes: Partial<ProjectContext> = {}): Watching {
  const project = createDatasetProject(changes);
  const folder = temporaryFolder();
  const open = (resume = true) => {
    const service = createWatchedService({
      context: project.context,
      jobs: project.jobs,
      staging: { place: (id) => id },
      dataset: project.service.dataset,
      resume,
      reportOf: async (importId) =>
        (await project.call('dataset.importReport', { importId })).report,
      times,
    });
    onTestFinished(() => service.dispose());
    return service;
  };
  let run = 0;
  let running = false;
  const timer = setInterval(() => {
    const job = project.jobs.started[run];
    if (!job || running) return;
    run += 1;
    running = true;
    job
      .run()
      .catch(() => undefined)
      .finally(() => (running = false));
  }, 10);
  onTestFinished(() => clearInterval(timer));
  const watching: Watching = {
    project,
    folder,
    service: open(),
    open,
    shown() {
      const [first] = list(watching.service);
      if (!first) throw new Error('Nothing is watched');
      return first;
    },
    async photos() {
      const { labels } = await project.call('dataset.summary', {});
      const names = new Map(labels.map(({ id, name }) => [id, name]));
      const photos = await project.photos();
      return photos
        .map(({ fileName, labelId, missing }) =>
          [fileName, names.get(labelId ?? 0) ?? '-', ...(missing ? ['missing'] : [])].join(' '),
        )
        .sort();
    },
    async add(place = folder, lasting = true) {
      const input = { placeId: place, lasting };
      const { id } = await watching.service.handlers['watched.add'](input, callContext);
      return id;
    },
  };
  return watching;
}

function list(service: WatchedService): WatchedFolder[] {
  const answer = service.handlers['watched.list']({}, callContext);
  if (answer instanceof Promise) throw new Error('The list is there at once');
  return answer.folders;
}

const until = (check: () => unknown) => vi.waitFor(check, { timeout: 8000, interval: 20 });
const untilState = (watching: Watching, state: WatchedFolder['state']) =>
  until(() => expect(watching.shown().state).toBe(state));
const untilPhotos = (watching: Watching, expected: string[]) =>
  until(async () => expect(await watching.photos()).toEqual(expected));
const settle = () => new Promise((resolve) => setTimeout(resolve, times.settled * 4));

describe('a watched folder', () => {
  it('gives what is in it, and what comes: labels by subfolder, each photo once', async () => {
    const watching = start();
    const { folder, project } = watching;
    await makePhotos(folder, ['hat/old.jpg', 'top.jpg']);
    await watching.add();
    await untilPhotos(watching, ['old.jpg hat', 'top.jpg -']);
    await untilState(watching, 'watching');
    await makePhotos(folder, ['hat/1.jpg', 'hat/2.jpg', 'new label/deep.jpg']);
    writeFileSync(join(folder, 'notes.txt'), 'no photo');
    await untilPhotos(watching, [
      '1.jpg hat',
      '2.jpg hat',
      'deep.jpg new label',
      'old.jpg hat',
      'top.jpg -',
    ]);
    await until(() => expect(watching.shown().lastImport?.added).toBeGreaterThan(0));
    expect(new Set(project.inspected).size).toBe(project.inspected.length);
    expect(project.jobs.started[0]?.title).toMatch(/^Importing \d photos? from /);
  });

  it('takes a photo once it is written whole, not in the middle', async () => {
    const watching = start();
    const { folder, project } = watching;
    await watching.add();
    await untilState(watching, 'watching');
    const bytes = await drawPhoto('slow');
    const path = join(folder, 'slow.jpg');
    writeFileSync(path, bytes.subarray(0, 2000));
    for (let end = 2000; end < bytes.length; end += 2000) {
      await new Promise((resolve) => setTimeout(resolve, times.settled / 3));
      expect(project.inspected).toEqual([]);
      appendFileSync(path, bytes.subarray(end, end + 2000));
    }
    await untilPhotos(watching, ['slow.jpg -']);
    const { report } = await project.call('dataset.importReport', {});
    expect(report).toMatchObject({ added: 1, problems: [] });
  });

  it('that is being written when watching begins is waited for, too', async () => {
    const watching = start();
    const { folder, project } = watching;
    const bytes = await drawPhoto('slow');
    const path = join(folder, 'slow.jpg');
    writeFileSync(path, bytes.subarray(0, 2000));
    await watching.add();
    await new Promise((resolve) => setTimeout(resolve, times.settled / 2));
    appendFileSync(path, bytes.subarray(2000));
    await untilPhotos(watching, ['slow.jpg -']);
    const { report } = await project.call('dataset.importReport', {});
    expect(report?.problems).toEqual([]);
  });

  it('that loses a photo says it is missing, and finds it again', async () => {
    const watching = start();
    const { folder } = watching;
    await makePhotos(folder, ['hat/1.jpg', 'hat/2.jpg']);
    await watching.add();
    await untilPhotos(watching, ['1.jpg hat', '2.jpg hat']);
    await untilState(watching, 'watching');
    const aside = join(temporaryFolder(), '1.jpg');
    renameSync(join(folder, 'hat/1.jpg'), aside);
    await untilPhotos(watching, ['1.jpg hat missing', '2.jpg hat']);
    renameSync(aside, join(folder, 'hat/1.jpg'));
    await untilPhotos(watching, ['1.jpg hat', '2.jpg hat']);
  });

  it('goes away and comes back, and what came meanwhile is taken in', async () => {
    const watching = start();
    const { folder } = watching;
    await makePhotos(folder, ['hat/1.jpg']);
    await watching.add();
    await untilPhotos(watching, ['1.jpg hat']);
    await untilState(watching, 'watching');
    const aside = join(temporaryFolder(), 'aside');
    renameSync(folder, aside);
    await untilState(watching, 'gone');
    await untilPhotos(watching, ['1.jpg hat missing']);
    await makePhotos(aside, ['hat/2.jpg']);
    renameSync(aside, folder);
    await untilState(watching, 'watching');
    await untilPhotos(watching, ['1.jpg hat', '2.jpg hat']);
    await makePhotos(folder, ['hat/3.jpg']);
    await untilPhotos(watching, ['1.jpg hat', '2.jpg hat', '3.jpg hat']);
  });

  it('whose photo is gone before it is read goes on', async () => {
    const watching = start();
    const { folder, project } = watching;
    await watching.add();
    await untilState(watching, 'watching');
    const { workers } = project.context;
    const run = workers.run.bind(workers);
    workers.run = (name, input, options) => {
      rmSync(join(folder, 'short.jpg'), { force: true });
      return run(name, input, options);
    };
    await makePhotos(folder, ['short.jpg']);
    await until(() => expect(watching.shown().lastImport?.added).toBe(0));
    expect(watching.shown().problem).toBeUndefined();
    workers.run = run;
    await makePhotos(folder, ['long.jpg']);
    await untilPhotos(watching, ['long.jpg -']);
  });

  it('is left alone while it is paused, and when it is no longer watched', async () => {
    const watching = start();
    const { folder, service } = watching;
    const id = await watching.add();
    await untilState(watching, 'watching');
    await service.handlers['watched.setPaused']({ id, paused: true }, callContext);
    expect(watching.shown().state).toBe('paused');
    await makePhotos(folder, ['1.jpg']);
    await settle();
    expect(await watching.photos()).toEqual([]);
    await service.handlers['watched.setPaused']({ id, paused: false }, callContext);
    await untilPhotos(watching, ['1.jpg -']);
    await service.handlers['watched.remove']({ id }, callContext);
    await makePhotos(folder, ['2.jpg']);
    await settle();
    expect([await watching.photos(), list(service)]).toEqual([['1.jpg -'], []]);
    await expect(
      Promise.resolve().then(() =>
        service.handlers['watched.setPaused']({ id, paused: true }, callContext),
      ),
    ).rejects.toMatchObject({ code: 'not-found' });
  });

  it('is watched again when the project is opened again, unless it was for the time being', async () => {
    const watching = start();
    const { folder, project, service } = watching;
    const other = temporaryFolder();
    await watching.add();
    await watching.add(other, false);
    await makePhotos(folder, ['1.jpg']);
    await untilPhotos(watching, ['1.jpg -']);
    await service.dispose();
    await makePhotos(folder, ['2.jpg']);
    // A command that happens to open the project imports nothing unasked.
    const command = watching.open(false);
    expect(list(command)).toEqual([]);
    await command.dispose();
    const again = watching.open();
    expect(list(again)).toMatchObject([{ folder, lasting: true, lastImport: { added: 1 } }]);
    await untilPhotos(watching, ['1.jpg -', '2.jpg -']);
    expect(project.jobs.started.length).toBe(2);
  });
});

describe('the project’s own folder', () => {
  it('is no photo’s place, be it inside of what is watched', async () => {
    const around = temporaryFolder();
    const own = join(around, 'project');
    const watching = start({
      info: () => ({
        name: 'Own',
        folder: own,
        createdAt: '2026-01-01T00:00:00Z',
        generated: false,
      }),
    });
    await makePhotos(around, ['hat/1.jpg', 'project/exports/hat/old.jpg']);
    await watching.add(around);
    await untilPhotos(watching, ['1.jpg hat']);
    await untilState(watching, 'watching');
    await makePhotos(around, ['project/exports/hat/new.jpg', 'hat/2.jpg']);
    await untilPhotos(watching, ['1.jpg hat', '2.jpg hat']);
    await settle();
    expect(await watching.photos()).toEqual(['1.jpg hat', '2.jpg hat']);
  });

  it('can’t be watched, and neither can what is not there', async () => {
    const watching = start();
    const own = watching.project.context.info().folder;
    for (const folder of [own, join(own, 'exports')]) {
      await expect(watching.add(folder)).rejects.toMatchObject({ code: 'bad-request' });
    }
    const nowhere = join(temporaryFolder(), 'no');
    await expect(watching.add(nowhere)).rejects.toMatchObject({ code: 'not-found' });
    expect(list(watching.service)).toEqual([]);
  });
});
