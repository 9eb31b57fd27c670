import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lockProject, type ProjectLock } from '@main/platform/project-lock';
import { afterEach, beforeEach, expect, test } from 'vitest';

const holdLock = fileURLToPath(new URL('../../../fixtures/hold-lock.mjs', import.meta.url));

let folder: string;
const children: ChildProcess[] = [];
const locks: ProjectLock[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pocketlens-lock-'));
});

afterEach(async () => {
  locks.splice(0).forEach((lock) => lock.release());
  await Promise.all(children.splice(0).map(kill));
  rmSync(folder, { recursive: true, force: true });
});

function lock(program = 'This Studio'): ProjectLock {
  const taken = lockProject(folder, program, () => new Date('2025-02-03T04:05:06Z'));
  locks.push(taken);
  return taken;
}

async function lockInOtherProcess(): Promise<ChildProcess> {
  const child = fork(holdLock, [folder]);
  children.push(child);
  await once(child, 'message');
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

const refusal = (message: RegExp) =>
  expect.objectContaining({ code: 'project-locked', message: expect.stringMatching(message) });

test('a second program is refused and told who has the project', async () => {
  const child = await lockInOtherProcess();
  expect(() => lock()).toThrow(
    refusal(new RegExp(`Another Studio \\(process ${child.pid} on .+2025`)),
  );
});

test('a program that was killed leaves no lock behind', async () => {
  const child = await lockInOtherProcess();
  await kill(child);
  expect(existsSync(join(folder, 'lock.json'))).toBe(true);
  lock();
  expect(JSON.parse(readFileSync(join(folder, 'lock.json'), 'utf8'))).toMatchObject({
    program: 'This Studio',
    pid: process.pid,
  });
});

test('the same program can not open it twice; released it can', () => {
  const first = lock('First');
  expect(() => lock()).toThrow(refusal(/First/));
  first.release();
  first.release();
  expect(existsSync(join(folder, 'lock.json'))).toBe(false);
  lock();
});

test('what lock.json says does not matter to the lock', () => {
  writeFileSync(join(folder, 'lock.json'), '{"pid": 1');
  lock().release();
  lock();
  writeFileSync(join(folder, 'lock.json'), 'scribble');
  expect(() => lock()).toThrow(refusal(/open in another program/));
});

test('the lock file stays empty', () => {
  lock();
  expect(statSync(join(folder, 'lock.sqlite')).size).toBe(0);
});

test('a folder that is not there is not writable', () => {
  rmSync(folder, { recursive: true });
  expect(() => lock()).toThrow(expect.objectContaining({ code: 'not-writable' }));
});

test.skipIf(process.getuid?.() === 0)('nor is one without permission', () => {
  chmodSync(folder, 0o500);
  expect(() => lock()).toThrow(expect.objectContaining({ code: 'not-writable' }));
  chmodSync(folder, 0o700);
});
