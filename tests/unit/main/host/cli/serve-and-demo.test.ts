import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { quoteArgument } from '@main/host/cli/quote-argument';
import type { HostEnvironment } from '@main/platform/host-environment';
import type { Job, JobKind } from '@shared/domain/job';
import { packComparison } from '@shared/domain/packed-comparison';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runFakeCli } from '../../../../fakes/fake-command-line';
import { createFakeJob } from '../../../../fakes/fake-job';
import { createFakeComparison } from '../../../../fakes/fake-comparison';
import { createFakeStudio } from '../../../../fakes/fake-studio';

let folder: string;
let rendererFolder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'serve-'));
  rendererFolder = join(folder, 'renderer');
  await mkdir(rendererFolder);
  await writeFile(join(rendererFolder, 'index.html'), '<title>Studio</title>');
});
afterAll(() => rm(folder, { recursive: true }));

/** Opens what it is given as a browser would, then presses Ctrl+C. */
function visitorThatLeaves() {
  const controller = new AbortController();
  const visits: { url: string; status: number }[] = [];
  const openBrowser = async (url: string) => {
    visits.push({ url, status: (await fetch(url)).status });
    controller.abort();
  };
  return { visits, openBrowser, signal: controller.signal };
}

describe('serve', () => {
  it('opens the project, serves it, opens the browser, and ends with Ctrl+C', async () => {
    const app = createFakeStudio();
    const { visits, ...host } = visitorThatLeaves();
    const environments: HostEnvironment[] = [];
    const run = await runFakeCli(app, ['serve', 'things', '--port', '0'], {
      ...host,
      rendererFolder,
      environments,
    });
    expect(run.code).toBe(0);
    expect(app.opened).toEqual([resolve('things')]);
    expect(visits).toEqual([{ url: expect.stringContaining('#token='), status: 200 }]);
    expect(run.stdout).toContain(visits[0]?.url);
    expect(environments[0]?.kind).toBe('web');
    expect(app.disposals).toBe(1);
    await expect(fetch(visits[0]?.url ?? '')).rejects.toThrow();
  });

  it('watches folders that its command line names', async () => {
    const watched: object[] = [];
    const app = createFakeStudio({
      handlers: {
        'watched.add': ({ placeId, lasting }) => {
          watched.push({ folder: app.staging.place(placeId), lasting });
          return { id: 'watch-1' };
        },
      },
    });
    const { visits: _, ...host } = visitorThatLeaves();
    const args = ['serve', 'things', '--port', '0', '--watch', 'in', 'out'];
    const run = await runFakeCli(app, args, { ...host, rendererFolder });
    expect(run.code).toBe(0);
    expect(watched).toEqual(
      ['in', 'out'].map((name) => ({ folder: resolve(name), lasting: false })),
    );
  });

  it('prints the link all the same when no browser opens', async () => {
    const controller = new AbortController();
    const openBrowser = () => {
      setImmediate(() => controller.abort());
      return Promise.reject(new Error('no browser'));
    };
    const options = { signal: controller.signal, openBrowser, rendererFolder };
    const run = await runFakeCli(createFakeStudio(), ['serve', '--port', '0'], options);
    expect([run.code, run.stderr]).toEqual([0, expect.stringContaining('open the link yourself')]);
  });

  it('says so when the interface was not built', async () => {
    const run = await runFakeCli(createFakeStudio(), ['serve', '--json', '--no-open']);
    expect(run.code).toBe(1);
    expect(run.json()).toMatchObject({ error: { remedy: expect.stringContaining('build') } });
  });
});

describe('demo', () => {
  function demoStudio() {
    const steps: string[] = [];
    let importing = true;
    const done = (id: string, kind: JobKind, result: Record<string, string>): Job =>
      createFakeJob({ id, kind, state: 'done', result });
    const app = createFakeStudio({
      handlers: {
        'projects.createSample': () => {
          steps.push('sample');
          setImmediate(() => {
            importing = false;
            app.emit('jobs.changed', { job: createFakeJob({ state: 'done' }) });
          });
          const createdAt = '2026-01-01T00:00:00Z';
          return { project: { name: 'Sample', folder: '/demo/a b', createdAt, generated: true } };
        },
        'jobs.list': () => ({
          jobs: [
            createFakeJob({ state: importing ? 'running' : 'done' }),
            done('job-2', 'train', { modelId: 'model-1' }),
            done('job-3', 'quantize', { modelId: 'model-2' }),
            done('job-4', 'compare', { comparisonId: 'comparison-1' }),
          ],
        }),
        'dataset.summary': () => ({
          total: 4,
          labeled: 4,
          unlabeled: 0,
          excluded: 0,
          missing: 0,
          conflicts: 0,
          labels: [],
          splits: { train: 2, validation: 1, test: 1 },
          ratio: { train: 0.7, validation: 0.15, test: 0.15 },
          savedFilters: [],
        }),
        'training.start': () => {
          steps.push(importing ? 'train too early' : 'train');
          return { jobId: 'job-2' };
        },
        'quantization.start': ({ modelId }) => {
          steps.push(`quantize ${modelId}`);
          return { jobId: 'job-3' };
        },
        'evaluation.compare': ({ modelIds }) => {
          steps.push(`compare ${modelIds.join()}`);
          return { jobId: 'job-4' };
        },
        'evaluation.comparison': () => packComparison(createFakeComparison({ generated: true })),
      },
    });
    return { app, steps };
  }

  it('goes the whole way and ends with the table', async () => {
    const { app, steps } = demoStudio();
    const environments: HostEnvironment[] = [];
    const args = ['demo', '--no-open', '--dir', folder];
    const run = await runFakeCli(app, args, { environments });
    expect(run.code).toBe(0);
    expect(steps).toEqual(['sample', 'train', 'quantize model-1', 'compare model-1,model-2']);
    expect(run.stdout).toContain('generated pictures');
    expect(run.stdout).toContain('pocketlens serve "/demo/a b"');
    expect(environments).toMatchObject([
      { projectsFolder: folder, userDataFolder: join(folder, 'settings') },
    ]);
  });

  it('opens the studio on the result', async () => {
    const { visits, ...host } = visitorThatLeaves();
    const { app } = demoStudio();
    const run = await runFakeCli(app, ['demo', '--dir', folder], { ...host, rendererFolder });
    expect([run.code, visits.length]).toEqual([0, 1]);
    expect(run.stdout).toContain('generated pictures');
  });

  it('ends with 130 when it is cancelled on the way', async () => {
    const { app, steps } = demoStudio();
    const run = await runFakeCli(app, ['demo', '--no-open', '--dir', folder], {
      signal: AbortSignal.abort(),
    });
    expect([run.code, steps]).toEqual([130, []]);
  });
});

it.each([
  ['/home/ada/things', '/home/ada/things'],
  ['a b', '"a b"'],
  ['$x', '"\\$x"'],
  ['C:\\things', 'C:\\things'],
  ['', '""'],
])('%s is typed as %s', (text, typed) => {
  expect(quoteArgument(text)).toBe(typed);
});
