import type { StudioClient } from '@shared/api/contract';
import { isCancelled } from '@shared/api/errors';
import type { LabelId } from '@shared/domain/label';
import type { SourceKind } from '@shared/api/electron-bridge';
import type { StoreApi } from 'zustand/vanilla';
import type { StagingOptions, StudioHost } from '../host/studio-host';
import type { UploadsState } from './uploads-store';

/** What is done with files once the host has them. */
export type ImportPurpose = 'import' | 'relink';

/** The ways files reach the project. Each resolves once its job is queued, or nothing was given. */
export interface Imports {
  /** Must be called inside the drop event. */
  fromDrop(transfer: DataTransfer, purpose?: ImportPurpose): Promise<void>;
  /** Must be called inside a click or key event. */
  fromDialog(kind: SourceKind, purpose?: ImportPurpose): Promise<void>;
  /** Photos that were taken in the window, all of one label or of none. */
  fromCamera(files: readonly File[], labelId?: LabelId): Promise<void>;
}

export function createImports(
  client: StudioClient,
  host: StudioHost,
  uploads: StoreApi<UploadsState>,
): Imports {
  async function start(
    stage: (options: StagingOptions) => Promise<string | undefined>,
    take: (sourceId: string) => Promise<unknown>,
  ): Promise<void> {
    const controller = new AbortController();
    // An upload is in the tray while it lasts, and can be cancelled there.
    let row: ReturnType<UploadsState['begin']> | undefined;
    try {
      const sourceId = await stage({
        signal: controller.signal,
        onProgress(progress) {
          row ??= uploads.getState().begin(() => controller.abort());
          row.progress(progress);
        },
      });
      if (sourceId === undefined) return;
      await take(sourceId);
    } catch (error) {
      if (!isCancelled(error)) throw error;
    } finally {
      row?.end();
    }
  }

  const takeFor = (purpose: ImportPurpose) => (sourceId: string) =>
    client.call(purpose === 'import' ? 'dataset.importPhotos' : 'dataset.relink', {
      sourceIds: [sourceId],
    });

  return {
    fromDrop: (transfer, purpose = 'import') =>
      start((options) => host.stageDrop(transfer, options), takeFor(purpose)),
    fromDialog: (kind, purpose = 'import') =>
      start((options) => host.chooseSources(kind, options), takeFor(purpose)),
    fromCamera: (files, labelId) =>
      start(
        (options) => host.stageShots(files, options),
        (sourceId) =>
          client.call('dataset.importPhotos', { sourceIds: [sourceId], labels: 'none', labelId }),
      ),
  };
}
