import { createStore } from 'zustand/vanilla';
import type { StagingProgress } from '../host/studio-host';

/** Files on their way from this page to the program, before an import job can begin. */
export interface Upload {
  id: number;
  progress?: StagingProgress;
  cancel(): void;
}

export interface UploadsState {
  uploads: readonly Upload[];
  /** Shows an upload in the tray; the returned handle updates and removes it. */
  begin(cancel: () => void): { progress(progress: StagingProgress): void; end(): void };
}

export function createUploadsStore() {
  let nextId = 1;
  return createStore<UploadsState>()((set) => ({
    uploads: [],
    begin(cancel) {
      const id = nextId++;
      set(({ uploads }) => ({ uploads: [...uploads, { id, cancel }] }));
      return {
        progress: (progress) =>
          set(({ uploads }) => ({
            uploads: uploads.map((upload) => (upload.id === id ? { ...upload, progress } : upload)),
          })),
        end: () =>
          set(({ uploads }) => ({ uploads: uploads.filter((upload) => upload.id !== id) })),
      };
    },
  }));
}
