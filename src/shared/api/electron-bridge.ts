import type { ErrorShape, JobId } from '../domain/job';

/**
 * What the preload script puts on `window.pocketlens`, and all that an Electron window can reach
 * of the main process. The renderer takes it when it is there, else it speaks to a web host.
 */
export interface ElectronBridge {
  /** One JSON text of the rpc protocol to the main process. */
  send(text: string): void;
  /**
   * Texts from the main process. Call it once: the main process connects the window at this
   * moment, so that nothing is sent before somebody listens.
   */
  onMessage(listener: (text: string) => void): void;
  /** The system's dialog for photos; the id of what was chosen, undefined when dismissed. */
  chooseSources(kind: SourceKind): Promise<BridgeAnswer<string | undefined>>;
  /** The system's dialog for one folder to create, open, export into or watch. */
  choosePlace(purpose: PlacePurpose): Promise<BridgeAnswer<ChosenPlace | undefined>>;
  /** Shows in the system's file browser what a finished job wrote. */
  showJobResult(jobId: JobId): Promise<BridgeAnswer<void>>;
  /** Files and folders that were dropped on the window; the id to import them by. */
  stageFiles(files: readonly File[]): Promise<BridgeAnswer<string>>;
  /** Photos that were taken in the window; the id to import them by. */
  stageShots(shots: readonly BridgeShot[]): Promise<BridgeAnswer<string>>;
  /** What a media path is appended to: `pocketlens://media/`. */
  readonly mediaPrefix: string;
}

/** A photo that no file holds yet. */
export interface BridgeShot {
  name: string;
  bytes: Uint8Array;
}

/** An error as a value: thrown across Electron's bridges it would lose its code and remedy. */
export type BridgeAnswer<Value> = { value: Value } | { error: ErrorShape };

/** Windows and Linux have no dialog that takes files and folders alike. */
export type SourceKind = 'files' | 'folder';

export type PlacePurpose = 'create-project' | 'open-project' | 'export' | 'watch';

export interface ChosenPlace {
  placeId: string;
  /** Last part of the folder's path, for people to read. */
  name: string;
}

/** Names of the IPC channels; preload and main process share them. */
export const bridgeChannels = {
  connect: 'pocketlens:connect',
  toMain: 'pocketlens:to-main',
  toWindow: 'pocketlens:to-window',
  chooseSources: 'pocketlens:choose-sources',
  choosePlace: 'pocketlens:choose-place',
  stagePaths: 'pocketlens:stage-paths',
  stageShots: 'pocketlens:stage-shots',
  showJobResult: 'pocketlens:show-job-result',
} as const;

export const bridgeMediaPrefix = 'pocketlens://media/';
