import {
  count,
  formatBytes,
  formatDuration,
  formatPoints,
  formatShare,
} from '@main/host/cli/format';
import { listenForInterrupts } from '@main/host/cli/interrupts';
import { showProgress } from '@main/host/cli/show-progress';
import { formatTable } from '@main/host/cli/table';
import { createTerminal } from '@main/host/cli/terminal';
import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { createFakeStream } from '../../../../fakes/fake-command-line';
import { createFakeJob } from '../../../../fakes/fake-job';

describe('progress', () => {
  it('rewrites one line in a terminal, cut to its width, and takes it away', () => {
    const stderr = createFakeStream(true);
    const terminal = createTerminal(createFakeStream(), stderr);
    terminal.progress('x'.repeat(100), 'a');
    terminal.progress('two', 'a');
    terminal.note('done');
    expect(stderr.text()).toBe(`\r\x1b[2K${'x'.repeat(59)}\r\x1b[2Ktwo\r\x1b[2Kdone\n`);
  });

  it('is a plain line for each step and quarter elsewhere', () => {
    const stderr = createFakeStream();
    const show = showProgress(createTerminal(createFakeStream(), stderr));
    for (let done = 0; done <= 100; done++) show(createFakeJob({ done, total: 100 }));
    show(createFakeJob({ step: 'Writing', done: 100, total: 100 }));
    show(createFakeJob({ state: 'done', done: 100, total: 100 }));
    const lines = stderr.text().trimEnd().split('\n');
    expect(lines).toHaveLength(6);
    expect(lines[2]).toBe('Importing 3 photos · ████████████░░░░░░░░░░░░ 50/100');
    expect(lines[5]).toContain('Writing');
  });

  it('tells the time left while there is some', () => {
    const stderr = createFakeStream();
    showProgress(createTerminal(createFakeStream(), stderr))(
      createFakeJob({ remainingMs: 95_000 }),
    );
    expect(stderr.text()).toBe('Importing 3 photos · 1 min 35 s left\n');
  });

  it('never reaches stdout', () => {
    const stdout = createFakeStream();
    const terminal = createTerminal(stdout, createFakeStream(true));
    terminal.progress('half', 'a');
    terminal.note('note');
    terminal.print('answer');
    expect(stdout.text()).toBe('answer\n');
  });
});

describe('numbers', () => {
  it.each([
    [formatBytes(999), '999 B'],
    [formatBytes(3_444_276), '3.4 MB'],
    [formatBytes(1500), '1.5 kB'],
    [formatBytes(2.5e9), '2.5 GB'],
    [formatShare(0.98811), '98.8%'],
    [formatPoints(-0.0119), '-1.2 points'],
    [formatPoints(0.02), '+2.0 points'],
    [formatPoints(-0.00001), '0.0 points'],
    [formatDuration(400), '1 s'],
    [formatDuration(59_600), '1 min 0 s'],
    [formatDuration(7_260_000), '2 h 1 min'],
    [count(1, 'class', 'classes'), '1 class'],
    [count(0, 'photo'), '0 photos'],
  ])('%s', (text, expected) => {
    expect(text).toBe(expected);
  });
});

it('a table aligns what a person sees, not code units', () => {
  const table = formatTable(
    [{ header: 'Label' }, { header: 'Photos', align: 'right' }],
    [
      ['café', '12'],
      ['👩‍🚀', '7'],
    ],
  );
  expect(table).toBe('Label  Photos\n─────  ──────\ncafé       12\n👩‍🚀           7');
});

it('the first Ctrl+C cancels, the second ends the program at once', () => {
  const exits: number[] = [];
  const own = Object.assign(new EventEmitter(), { exit: (code: number) => exits.push(code) });
  let time = 1000;
  const interrupts = listenForInterrupts(own, () => time);
  own.emit('SIGINT');
  expect([interrupts.signal.aborted, exits]).toEqual([true, []]);
  time += 20;
  own.emit('SIGINT');
  expect(exits, 'the echo that npm passes on').toEqual([]);
  time += 2000;
  own.emit('SIGINT');
  expect(exits).toEqual([130]);
  interrupts.dispose();
  expect(own.listenerCount('SIGINT') + own.listenerCount('SIGTERM')).toBe(0);
});
