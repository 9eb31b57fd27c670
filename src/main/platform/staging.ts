/**
 * What a host has taken in before it is used, by unguessable id: paths a person chose in a trusted
 * dialog, folders, and files uploaded by a browser. Paths never come over the wire; these ids do.
 */
export interface Staging {
  /** Files and folders on this machine; stays valid until the program ends. */
  stagePaths(paths: readonly string[]): string;
  /** A folder to create, open or export into. */
  stagePlace(folder: string): string;
  /** Starts an upload; its files land in a temporary folder that `discard` removes. */
  openUpload(): string;
  /**
   * Adds one file to an upload. `relativePath` keeps its folders (they become labels) and can't
   * leave the upload's folder. A `.zip` is unpacked in place, bounded in size and count.
   * @throws AppError 'upload-refused'.
   */
  receiveFile(
    uploadId: string,
    relativePath: string,
    body: AsyncIterable<Uint8Array>,
  ): Promise<void>;
  /** @throws AppError 'not-found'. */
  source(id: string): { paths: string[]; uploaded: boolean };
  /** @throws AppError 'not-found'. */
  place(id: string): string;
  discard(id: string): Promise<void>;
  dispose(): Promise<void>;
}
