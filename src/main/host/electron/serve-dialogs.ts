import { isAbsolute } from 'node:path';
import { Readable } from 'node:stream';
import { type BrowserWindow, ipcMain, shell } from 'electron';
import type { StudioClient } from '../../../shared/api/contract';
import {
  type BridgeAnswer,
  bridgeChannels,
  type BridgeShot,
} from '../../../shared/api/electron-bridge';
import { AppError, toShape } from '../../../shared/api/errors';
import type { Logger } from '../../platform/logger';
import type { Staging } from '../../platform/staging';
import { choosePlace, chooseSources, isPlacePurpose, isSourceKind } from './dialogs';
import { requireTrustedSender } from './trusted-sender';

export interface DialogOptions {
  currentWindow(): BrowserWindow | undefined;
  staging: Staging;
  client: StudioClient;
  log: Logger;
}

/** Answers what the bridge asks besides rpc: dialogs, the paths of dropped files, photos taken. */
export function serveDialogs({ currentWindow, staging, client, log }: DialogOptions): void {
  function answer<Value>(
    channel: string,
    ask: (window: BrowserWindow, input: unknown) => Value | Promise<Value>,
  ): void {
    ipcMain.handle(channel, async (event, input: unknown): Promise<BridgeAnswer<Value>> => {
      try {
        return { value: await ask(requireTrustedSender(currentWindow(), event), input) };
      } catch (error) {
        if (!(error instanceof AppError)) log.error(`${channel} failed`, error);
        return { error: toShape(error) };
      }
    });
  }

  answer(bridgeChannels.chooseSources, (window, kind) => {
    if (!isSourceKind(kind)) throw badRequest();
    return chooseSources(window, staging, kind);
  });
  answer(bridgeChannels.choosePlace, (window, purpose) => {
    if (!isPlacePurpose(purpose)) throw badRequest();
    return choosePlace(window, staging, purpose);
  });
  // By the job's id: the page says nothing about paths, here neither.
  answer(bridgeChannels.showJobResult, async (_, jobId) => {
    const { jobs } = await client.call('jobs.list', {});
    const path = jobs.find(({ id }) => id === jobId)?.result?.['path'];
    if (path === undefined) throw badRequest();
    shell.showItemInFolder(path);
  });
  answer(bridgeChannels.stagePaths, (_, paths) => {
    if (!Array.isArray(paths)) throw badRequest();
    // A File that a page made up itself has no path.
    const real = paths.filter((path) => typeof path === 'string' && isAbsolute(path));
    if (real.length === 0) {
      throw new AppError(
        'nothing-to-import',
        'What was dropped is not a file on this machine.',
        'Save it to a folder first and import it from there.',
      );
    }
    return staging.stagePaths(real);
  });
  answer(bridgeChannels.stageShots, async (_, shots) => {
    if (!isShots(shots)) throw badRequest();
    const id = staging.openUpload();
    try {
      for (const { name, bytes } of shots) {
        await staging.receiveFile(id, name, Readable.from([bytes]));
      }
      return id;
    } catch (error) {
      await staging.discard(id);
      throw error;
    }
  });
}

function isShots(value: unknown): value is BridgeShot[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((shot: Partial<BridgeShot> | null) => {
      return typeof shot?.name === 'string' && shot.bytes instanceof Uint8Array;
    })
  );
}

const badRequest = () => new AppError('bad-request', 'This is not something the bridge asks.');
