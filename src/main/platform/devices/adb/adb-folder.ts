import { createHash, randomBytes } from 'node:crypto';
import { AppError } from '../../../../shared/api/errors';
import { inBatches } from '../../in-batches';
import { otherBytesOnPhone } from '../device-errors';
import type {
  DeviceFile,
  DeviceFolder,
  PutHooks,
  PutSource,
  TransferHooks,
} from '../device-transport';
import { explainAdbError, noSpaceOnPhone } from './adb-errors';
import type { AdbServer } from './adb-server';
import { quoted, runShell, type ShellResult } from './adb-shell';
import { atAdb } from './adb-session';
import { pushFile } from './adb-push';
import { pullFile, sizeOf, statFile } from './adb-sync';

/** The shell may write here on any Android; apps may only read. */
const stagingFolder = '/data/local/tmp';
const readLimit = 4 << 20;
const readAttempts = 5;
/** A command line is not to get longer than old phones take: names have some 80 letters. */
const namesAtOnce = 30;
/** Whether a file is there already is asked first, but of so few bytes: they are as soon sent. */
const soonSent = 16 << 10;
/** What a phone copies and hashes at the very least, in bytes a millisecond. */
const slowestCopy = 2_000;

export interface AdbFolderOptions {
  server: AdbServer;
  serial: string;
  /** Absolute, on the phone. */
  root: string;
  /** How long a phone may be silent. */
  idleMs: number;
}

interface MoveIfRight {
  /** A command that comes first, with what joins it to the next. */
  before: string;
  from: string;
  /** sha256 that `from` has to have. */
  hash: string;
  /** The command that moves it. */
  move: string;
  bytes: number;
  signal: AbortSignal;
}

export function createAdbFolder({ server, serial, root, idleMs }: AdbFolderOptions): DeviceFolder {
  const at = (name: string) => (name === '' ? root : `${root}/${name}`);
  const parentOf = (path: string) => path.slice(0, path.lastIndexOf('/'));

  function shell(command: string, signal?: AbortSignal, bytes = 0): Promise<ShellResult> {
    const patience = idleMs + bytes / slowestCopy;
    return runShell(server, serial, command, { idleMs: patience, ...(signal ? { signal } : {}) });
  }

  async function must(command: string, signal?: AbortSignal, bytes?: number): Promise<string> {
    const { output, code } = await shell(command, signal, bytes);
    if (code === 0) return output;
    throw explainAdbError(new Error(output || `the command ended with ${code}`));
  }

  async function freeBytes(): Promise<number> {
    return parseFree(await must(`df -k ${quoted(root)}`));
  }

  async function hashAt(path: string, bytes: number, signal?: AbortSignal, before = '') {
    const { output, code } = await shell(`${before}sha256sum ${quoted(path)}`, signal, bytes);
    const hash = /^[0-9a-f]{64}(?= )/m.exec(output)?.[0];
    if (code === 0 && hash !== undefined) return hash;
    if (/sha256sum: .*no such file/i.test(output)) return undefined;
    if (!/sha256sum: .*not found/i.test(output)) throw explainAdbError(new Error(output));
    // Android 7 and older have no sha256sum: what can be read can be hashed here.
    const hasher = createHash('sha256');
    const options = { idleMs, ...(signal ? { signal } : {}) };
    const end = await pullFile(server, serial, path, (chunk) => hasher.update(chunk), options);
    if (end === 'changed') throw changedMeanwhile(path);
    return end === 'whole' ? hasher.digest('hex') : undefined;
  }

  /** Sends to the staging folder; where that is closed, straight beside the target. */
  async function stage(source: PutSource, staged: string, beside: string, hooks: TransferHooks) {
    try {
      await pushFile(server, serial, source, staged, { ...hooks, idleMs });
      return staged;
    } catch (error) {
      if (!(await isStagingClosed(error, sizeOf(source)))) throw error;
      await must(`mkdir -p ${quoted(parentOf(beside))}`, hooks.signal);
      await pushFile(server, serial, source, beside, { ...hooks, idleMs });
      return beside;
    }
  }

  /**
   * Often only a broken connection tells that the phone refused to write, or that its disk is full:
   * one that still answers says which.
   */
  async function isStagingClosed(error: unknown, bytes: number): Promise<boolean> {
    if (!(error instanceof AppError)) return false;
    if (error.code === 'device-refused') return true;
    if (error.code !== 'device-gone') return false;
    const free = await shell(`df -k ${stagingFolder}`).then(
      ({ output }) => parseFree(output),
      () => undefined,
    );
    if (free !== undefined && free < bytes) throw noSpaceOnPhone(error);
    return free !== undefined;
  }

  async function holds(
    files: readonly { name: string; source: PutSource }[],
    signal: AbortSignal,
  ): Promise<Set<string>> {
    const hashes = new Map<string, string>();
    for (const some of inBatches(files, namesAtOnce)) {
      const names = some.map(({ name }) => quoted(name)).join(' ');
      const bytes = some.reduce((sum, { source }) => sum + sizeOf(source), 0);
      // Those that are not there are told of on the other stream. Android 7 and older have no sha256sum.
      const command = `cd ${quoted(root)} && sha256sum ${names} 2>/dev/null; true`;
      for (const line of (await must(command, signal, bytes)).split('\n')) {
        const [, hash, name] = /^([0-9a-f]{64}) [ *](.+)$/.exec(line) ?? [];
        if (hash !== undefined && name !== undefined) hashes.set(name, hash);
      }
    }
    const held = files.filter(({ name, source }) => hashes.get(name) === source.sha256);
    return new Set(held.map(({ name }) => name));
  }

  async function put(name: string, source: PutSource, hooks: PutHooks): Promise<void> {
    const target = at(name);
    const bytes = sizeOf(source);
    const { signal, onProgress, isNew = false } = hooks;
    const makeFolder = `mkdir -p ${quoted(parentOf(target))} && `;
    const isAsked = !isNew && bytes > soonSent;
    if (isAsked && (await hashAt(target, bytes, signal, makeFolder)) === source.sha256) {
      onProgress?.(bytes);
      return;
    }
    const id = randomBytes(6).toString('hex');
    const staged = `${stagingFolder}/.pocketlens.${id}.part`;
    const beside = `${parentOf(target)}/.${target.slice(target.lastIndexOf('/') + 1)}.${id}.part`;
    const remove = `rm -f ${quoted(staged)} ${quoted(beside)}`;
    try {
      const sentTo = await stage(source, staged, beside, hooks);
      const copy = `${isAsked ? '' : makeFolder}cp ${quoted(staged)} ${quoted(beside)} && `;
      const isMoved = await moveIfRight({
        before: sentTo === beside ? '' : copy,
        from: beside,
        hash: source.sha256,
        move: `mv -f ${quoted(beside)} ${quoted(target)} && ${remove}`,
        bytes,
        signal,
      });
      if (!isMoved) throw await otherBytes(name, sentTo, bytes);
    } catch (error) {
      // Best effort, and not for long: what can't be removed now is swept by the next push.
      const patience = { idleMs: Math.min(idleMs, 3_000) };
      await runShell(server, serial, remove, patience).catch(() => undefined);
      throw error;
    }
    onProgress?.(bytes);
  }

  /** All in one command: each way to a phone and back takes longer than a small file. */
  async function moveIfRight({ before, from, hash, move, bytes, signal }: MoveIfRight) {
    const { output, code } = await shell(
      `${before}sum=$(sha256sum ${quoted(from)}) && case "$sum" in ${hash}*) ${move} && echo moved;; *) echo "$sum";; esac`,
      signal,
      bytes,
    );
    if (/sha256sum: .*not found/i.test(output)) {
      if ((await hashAt(from, bytes, signal)) !== hash) return false;
      await must(move, signal);
      return true;
    }
    if (code !== 0) throw explainAdbError(new Error(output || `the command ended with ${code}`));
    return /^moved$/m.test(output);
  }

  /** A file that is too short was most likely cut by a full disk. */
  async function otherBytes(name: string, sentTo: string, bytes: number): Promise<AppError> {
    const found = await atAdb(server, serial, { idleMs }, ({ device }) => statFile(device, sentTo));
    if (found?.bytes !== bytes && (await freeBytes()) < bytes) return noSpaceOnPhone();
    return otherBytesOnPhone(name);
  }

  return {
    freeBytes,
    holds,
    put,
    async list(below = '') {
      const files = await atAdb(server, serial, { idleMs }, ({ device }) =>
        device.readdir(at(below)),
      );
      return files.map(
        (file): DeviceFile => ({
          name: file.name,
          bytes: file.size,
          modifiedMs: file.mtimeMs,
          isFolder: file.isDirectory(),
        }),
      );
    },
    async read(name, signal) {
      // An app writes what it says of itself anew while it is read.
      for (let attempt = 0; attempt < readAttempts; attempt++) {
        const chunks: Buffer[] = [];
        let bytes = 0;
        const keep = (chunk: Buffer) => {
          bytes += chunk.length;
          if (bytes <= readLimit) chunks.push(chunk);
        };
        const options = { idleMs, ...(signal ? { signal } : {}) };
        const end = await pullFile(server, serial, at(name), keep, options);
        if (end === 'missing') return undefined;
        if (bytes > readLimit) {
          throw new AppError(
            'device-refused',
            `${name} on the phone is too large to be read whole.`,
            'Update the app that wrote it: the companion protocol has no message of more than 4 MiB.',
          );
        }
        if (end === 'whole') return Buffer.concat(chunks);
      }
      throw changedMeanwhile(name);
    },
    async pull(name, toPath, hooks) {
      const into = { file: toPath };
      const end = await pullFile(server, serial, at(name), into, { ...hooks, idleMs });
      if (end === 'changed') throw changedMeanwhile(name);
      if (end === 'missing') {
        throw new AppError(
          'not-found',
          `${name} is not on the phone any more.`,
          'Look at the phone’s files anew.',
        );
      }
    },
    hash: (name, signal) => hashAt(at(name), 0, signal),
    async remove(...names) {
      for (const some of inBatches(names, namesAtOnce)) {
        await must(`rm -f ${some.map((name) => quoted(at(name))).join(' ')}`);
      }
    },
    async sweep() {
      const found = await must(
        `find ${stagingFolder} ${quoted(root)} -name '.*.part' -type f 2>/dev/null; true`,
      );
      const left = found.split('\n').filter(isLeftover);
      if (left.length > 0) await must(`rm -f ${left.map(quoted).join(' ')}`);
      return left;
    },
    async close() {
      // Nothing is kept open between two errands.
    },
  };

  function isLeftover(path: string): boolean {
    return path.startsWith(`${stagingFolder}/.pocketlens.`) || path.startsWith(`${root}/`);
  }
}

const changedMeanwhile = (name: string) =>
  new AppError(
    'device-refused',
    `${name} on the phone changed while it was read.`,
    'Try again once the app is at rest.',
  );

/** Available bytes, by the last line of `df -k`: name, size, used, available, … */
function parseFree(output: string): number {
  const columns = output.trim().split('\n').at(-1)?.trim().split(/\s+/) ?? [];
  const available = Number(columns.at(-3));
  if (!Number.isFinite(available)) throw explainAdbError(new Error(output));
  return available * 1024;
}
