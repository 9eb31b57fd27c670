import { AppError } from '@shared/api/errors';
import { describe, expect, it } from 'vitest';
import { studio } from '../../../../fakes/cli-studio';
import { runFakeCli } from '../../../../fakes/fake-command-line';

describe('a command', () => {
  it('prints an error as sentence and remedy on stderr and ends the program', async () => {
    const app = studio({});
    app.openProject = () =>
      Promise.reject(new AppError('project-missing', 'There is no project.', 'Create one.'));
    const run = await runFakeCli(app, ['status', 'nowhere']);
    expect(run).toMatchObject({
      code: 1,
      stdout: '',
      stderr: 'There is no project. — Create one.\n',
    });
    expect(app.disposals).toBe(1);
  });

  it('prints an error as JSON with --json', async () => {
    const app = studio({});
    app.openProject = () => Promise.reject(new AppError('project-missing', 'None.', 'Create one.'));
    const run = await runFakeCli(app, ['status', 'nowhere', '--json']);
    expect(run.json()).toEqual({
      error: { code: 'project-missing', message: 'None.', remedy: 'Create one.' },
    });
  });

  it('shows no stack of a defect', async () => {
    const app = studio({});
    app.openProject = () => Promise.reject(new TypeError('x is not a function'));
    const run = await runFakeCli(app, ['status', 'nowhere']);
    expect(run.code).toBe(1);
    expect(run.stderr).not.toContain('x is not');
  });

  it.each([
    [['nonsense'], 'unknown command'],
    [['create'], 'missing required argument'],
    [['train', '.', '--epochs', '0'], 'whole number from 1 to 1000'],
    [
      ['quantize', '.', '--precision', 'int4'],
      'Allowed choices are float16, int8-weights, dynamic-range, int16x8, int8',
    ],
    [['compare', '.', '--models', 'model-1'], 'two to eight models'],
    [['compare', '.', '--report', 'report.pdf'], '.html or .json'],
    [['label', '.', '--rename', 'banana'], 'two labels'],
    [['export', '.', '--to', 'x'], '--model'],
    [
      ['export-dataset', '.', '--to', 'x', '--format', 'xml'],
      'Allowed choices are folder, csv, coco',
    ],
    [['export-dataset', '.'], '--to'],
    [['report', '.'], '--out'],
    [['watch', '.'], 'missing required argument'],
    [['serve', '--port', '65536'], '65535'],
  ])('%j is a mistake in usage', async (args, reason) => {
    const app = studio({});
    const plain = await runFakeCli(app, args);
    expect([plain.code, plain.stdout]).toEqual([2, '']);
    expect(plain.stderr).toContain(reason);
    const json = await runFakeCli(app, [...args, '--json']);
    expect(json.json()).toMatchObject({ error: { code: 'bad-request' } });
    expect(app.opened).toEqual([]);
  });

  it('that was cancelled before it began makes no program', async () => {
    const app = studio({});
    const run = await runFakeCli(app, ['status', '.'], { signal: AbortSignal.abort() });
    expect([run.code, app.disposals]).toEqual([130, 0]);
  });

  it('alone shows what there is', async () => {
    const run = await runFakeCli(studio({}), []);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('quantize');
  });

  it('tells its version', async () => {
    expect(await runFakeCli(studio({}), ['--version'])).toMatchObject({
      code: 0,
      stdout: '1.2.3\n',
    });
  });
});

describe('--help', () => {
  // A line each, so that two branches can each add one.
  const names = `
    create
    import
    watch
    label
    suggest
    issues
    split
    versions
    status
    learning-curve
    compare-backbones
    search-head
    train
    import-model
    quantize
    layers
    compare
    check-preprocessing
    predict
    inspect
    export
    export-dataset
    report
    devices
    push
    rollback
    pull-photos
    phone-page
    corrections
    measure
    doctor
    serve
    demo
  `
    .trim()
    .split(/\s+/);

  it('lists every command that scripts rely on, in the order of the work', async () => {
    const { stdout } = await runFakeCli(studio({}), ['--help']);
    const listed = [...stdout.matchAll(/^ {2}([a-z-]+) .*<|^ {2}([a-z-]+) \[/gm)].map(
      ([, first, second]) => first ?? second,
    );
    expect(listed).toEqual([...names, 'help']);
  });

  it.each(names)('of %s has examples, --json and exit codes', async (name) => {
    const run = await runFakeCli(studio({}), [name, '--help']);
    expect(run.code).toBe(0);
    for (const part of [`pocketlens ${name}`, 'Examples:', '--json', '130  cancelled']) {
      expect(run.stdout).toContain(part);
    }
  });
});
