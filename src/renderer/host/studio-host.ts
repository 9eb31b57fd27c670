import type { ChosenPlace, PlacePurpose, SourceKind } from '@shared/api/electron-bridge';
import type { JobId } from '@shared/domain/job';
import type { Channel } from '@shared/rpc/channel';

export interface StagingProgress {
  doneFiles: number;
  totalFiles: number;
  doneBytes: number;
  totalBytes: number;
}

export interface StagingOptions {
  /** Called while files are uploaded; never where the host only notes their paths. */
  onProgress?(progress: StagingProgress): void;
  signal?: AbortSignal;
}

/**
 * What the window lives in. All that differs between an Electron window and a browser tab is
 * behind this interface; the rest of the renderer never asks which it is.
 */
export interface StudioHost {
  readonly kind: 'electron' | 'web';
  /** Connects to the program; rejects with an AppError when it can't be reached. */
  openChannel(): Promise<Channel>;
  /** The address of a media path such as `photo/12/thumbnail`. */
  mediaUrl(path: string): string;
  /**
   * Hands dropped files and folders to the program; the id to import them by. Undefined when
   * nothing in the drop was a file. Must be called inside the drop event.
   */
  stageDrop(transfer: DataTransfer, options?: StagingOptions): Promise<string | undefined>;
  /**
   * The system's dialog for photos; undefined when it was dismissed. Must be called inside a click
   * or key event: a browser opens it for nothing else.
   */
  chooseSources(kind: SourceKind, options?: StagingOptions): Promise<string | undefined>;
  /** Hands photos over that were taken in the window; the id to import them by. */
  stageShots(files: readonly File[], options?: StagingOptions): Promise<string>;
  /** The system's dialog for a folder; absent in a browser. */
  choosePlace?(purpose: PlacePurpose): Promise<ChosenPlace | undefined>;
  /** Shows in the system's file browser what a finished job wrote; absent in a browser. */
  showJobResult?(jobId: JobId): Promise<void>;
}
