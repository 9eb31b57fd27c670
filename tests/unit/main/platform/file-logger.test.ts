import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFileLogger, joinLoggers } from '@main/platform/file-logger';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFakeLogger } from '../../../fakes/fake-logger';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pocketlens-log-'));
  file = join(folder, 'logs', 'studio.log');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const openLog = () => createFileLogger(file, () => new Date('2025-01-01T10:00:00Z'));

test('writes a line each, errors with their stack and cause', () => {
  const log = openLog();
  log.info('started');
  log.warn('slow');
  log.error('broke', new Error('outer', { cause: new TypeError('inner') }));
  log.error('plain');
  const text = readFileSync(file, 'utf8');
  expect(text).toContain('2025-01-01T10:00:00.000Z info started\n');
  expect(text).toContain(' warn slow\n');
  expect(text).toMatch(/ error broke: Error: outer\n {4}at .*caused by TypeError: inner\n {4}at /s);
  expect(text).toMatch(/ error plain\n$/);
});

test('goes on where the last run stopped, and a full file makes room', () => {
  openLog().info('first run');
  openLog().info('second run');
  expect(readFileSync(file, 'utf8').match(/run/g)).toHaveLength(2);
  writeFileSync(file, 'x'.repeat(5 * 1024 ** 2));
  openLog().info('after');
  expect(readdirSync(join(folder, 'logs')).sort()).toEqual(['studio.log', 'studio.log.1']);
  expect(readFileSync(file, 'utf8')).toBe('2025-01-01T10:00:00.000Z info after\n');
});

test('a place that can not be written is no reason to fail', () => {
  writeFileSync(join(folder, 'logs'), 'a file where the folder should be');
  expect(() => openLog().error('lost', new Error('x'))).not.toThrow();
});

test('joined loggers hear the same', () => {
  const [one, two] = [createFakeLogger(), createFakeLogger()];
  const log = joinLoggers(one, two);
  log.info('a');
  log.warn('b');
  log.error('c', new Error('d'));
  expect(one.lines).toEqual(['info a', 'warn b', 'error c: Error: d']);
  expect(two.lines).toEqual(one.lines);
});
