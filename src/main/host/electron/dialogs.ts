import { basename } from 'node:path';
import { type BrowserWindow, dialog, type OpenDialogOptions } from 'electron';
import type { ChosenPlace, PlacePurpose, SourceKind } from '../../../shared/api/electron-bridge';
import { photoFormats } from '../../../shared/domain/photo';
import type { Staging } from '../../platform/staging';

const sourceDialogs: Record<SourceKind, OpenDialogOptions> = {
  folder: {
    title: 'Import a folder',
    buttonLabel: 'Import',
    properties: ['openDirectory', 'multiSelections'],
  },
  files: {
    title: 'Import photos',
    buttonLabel: 'Import',
    properties: ['openFile', 'multiSelections'],
    filters: [
      {
        name: 'Photos, archives and lists of photos',
        extensions: [
          ...photoFormats,
          'jpg',
          'tif',
          'heif',
          'zip',
          'json',
          'csv',
          'tsv',
          'tfrecord',
        ],
      },
      { name: 'All files', extensions: ['*'] },
    ],
  },
};

const placeDialogs: Record<PlacePurpose, OpenDialogOptions> = {
  'create-project': {
    title: 'A folder for the new project',
    buttonLabel: 'Create here',
    properties: ['openDirectory', 'createDirectory', 'promptToCreate'],
  },
  'open-project': {
    title: 'Open a project',
    buttonLabel: 'Open',
    properties: ['openDirectory'],
  },
  watch: {
    title: 'A folder to watch for new photos',
    buttonLabel: 'Watch',
    properties: ['openDirectory'],
  },
  export: {
    title: 'A folder to export into',
    buttonLabel: 'Export here',
    properties: ['openDirectory', 'createDirectory', 'promptToCreate'],
  },
};

/** Asks for photos and stages them; undefined when the person thought better of it. */
export async function chooseSources(
  window: BrowserWindow,
  staging: Staging,
  kind: SourceKind,
): Promise<string | undefined> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, sourceDialogs[kind]);
  return canceled || filePaths.length === 0 ? undefined : staging.stagePaths(filePaths);
}

export async function choosePlace(
  window: BrowserWindow,
  staging: Staging,
  purpose: PlacePurpose,
): Promise<ChosenPlace | undefined> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, placeDialogs[purpose]);
  const [folder] = filePaths;
  if (canceled || folder === undefined) return undefined;
  return { placeId: staging.stagePlace(folder), name: basename(folder) };
}

export const isSourceKind = (value: unknown): value is SourceKind =>
  typeof value === 'string' && Object.hasOwn(sourceDialogs, value);

export const isPlacePurpose = (value: unknown): value is PlacePurpose =>
  typeof value === 'string' && Object.hasOwn(placeDialogs, value);
