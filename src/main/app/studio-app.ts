import type { Handlers, StudioClient } from '../../shared/api/contract';
import type { Channel } from '../../shared/rpc/channel';
import type { Staging } from '../platform/staging';

export type MediaResponse =
  | { kind: 'bytes'; contentType: string; bytes: Uint8Array; immutable?: boolean }
  | { kind: 'file'; contentType: string; path: string; downloadName?: string };

/** The whole program, without a host. */
export interface StudioApp {
  handlers: Handlers;
  /** Serves one client (a window, a browser tab) until its channel closes. */
  connect(channel: Channel): void;
  /** A client in this process, over a loopback channel; what the command line uses. */
  client(): StudioClient;
  /**
   * What a media URL shows, by the path after the scheme or prefix:
   * `photo/<id>/thumbnail`, `photo/<id>/display`, `<correction>/thumbnail`,
   * `<correction>/display`, `phone/<id>/thumbnail`, `model/<id>.tflite`,
   * `comparison/<id>/report.html`, `comparison/<id>/report.json`, `dataset/report.html`,
   * `export/<id>.zip`.
   * undefined: there is no such thing.
   */
  media(path: string): Promise<MediaResponse | undefined>;
  staging: Staging;
  /** Opens a project folder; for hosts and the command line, never for a wire. */
  openProject(folder: string): Promise<void>;
  createProject(folder: string, name: string): Promise<void>;
  /** Cancels jobs (they stay resumable), closes the project, ends the workers. */
  dispose(): Promise<void>;
}
