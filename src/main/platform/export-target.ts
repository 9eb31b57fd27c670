import { mkdir, readdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { AppError } from '../../shared/api/errors';
import { cannotWrite, systemCode } from './explain-disk-error';
import { newFolderFor } from './project-folder';
import { safeName } from './safe-names';

/** A folder or zip file in the making: beside its place and hidden, until it is whole. */
export interface ExportTarget {
  /** Where to write: a folder that is there and empty, or the path of a file that is not. */
  partial: string;
  /** Where it will be. */
  path: string;
  /** @throws AppError 'not-writable' when something has come to lie there meanwhile. */
  commit(): Promise<void>;
  discard(): Promise<void>;
}

export interface ExportTargetOptions {
  /** A place that is empty or not there yet is taken itself; else something new is made in it. */
  place: string;
  /** What the new one is called. */
  name: string;
  zip: boolean;
  /** Of this export, also when it begins anew after a crash: what it left is removed. */
  id: string;
}

/** @throws AppError 'not-writable' also when a file is there: nothing is overwritten. */
export async function openExportTarget({
  place,
  name,
  zip,
  id,
}: ExportTargetOptions): Promise<ExportTarget> {
  const given = resolve(place);
  try {
    const path = zip ? await placeOfFile(given, safeName(name)) : await placeOfFolder(given, name);
    const partial = join(dirname(path), `.${basename(path).slice(0, 80)}.${id}.partial`);
    await rm(partial, { recursive: true, force: true });
    await mkdir(zip ? dirname(partial) : partial, { recursive: true });
    return {
      partial,
      path,
      async commit() {
        try {
          if (zip) {
            if (await statOf(path)) throw isTaken(path);
          } else await rmdir(path).catch(ignoreGone);
          await rename(partial, path);
        } catch (error) {
          throw cannotWrite(error, path);
        }
      },
      discard: () => rm(partial, { recursive: true, force: true }),
    };
  } catch (error) {
    throw cannotWrite(error, given);
  }
}

async function placeOfFolder(place: string, name: string): Promise<string> {
  const facts = await statOf(place);
  if (!facts) return place;
  if (!facts.isDirectory()) throw isTaken(place);
  return (await readdir(place)).length === 0 ? place : newFolderFor(place, name);
}

async function placeOfFile(place: string, name: string): Promise<string> {
  const facts = await statOf(place);
  if (!facts) return extname(place).toLowerCase() === '.zip' ? place : `${place}.zip`;
  if (!facts.isDirectory()) throw isTaken(place);
  for (let number = 1; ; number += 1) {
    const path = join(place, number === 1 ? `${name}.zip` : `${name} ${number}.zip`);
    if (!(await statOf(path))) return path;
  }
}

const statOf = (path: string) =>
  stat(path).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  });

function ignoreGone(error: unknown): void {
  if (systemCode(error) !== 'ENOENT') throw error;
}

const isTaken = (path: string) =>
  new AppError(
    'not-writable',
    `${path} is there already.`,
    'Choose another name: nothing of yours is overwritten.',
  );
