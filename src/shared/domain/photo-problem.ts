/**
 * Why a file can't become a photo. The reasons are stable: reports, scripts and tests go by them.
 * The sentences are for people.
 */
const sentences = {
  empty: 'The file is empty (0 bytes).',
  truncated: 'The file is cut short: its end is missing. Copy it again from where it came from.',
  damaged: 'The file is damaged and can’t be decoded. Copy it again from where it came from.',
  'not-an-image': 'The file is not an image, whatever its name says.',
  'unsupported-format': 'This image format can’t be read yet. Convert the file to JPEG or PNG.',
  'too-large': 'The image is too large to be opened safely. Save a smaller copy of it.',
  unreadable: 'The file can’t be read. Check its permissions and the disk it is on.',
  gone: 'The file is no longer there.',
  'not-a-file': 'This is a device, pipe or socket, not a file.',
  'link-loop': 'The symbolic link leads back to itself.',
  'broken-link': 'The symbolic link leads to nothing.',
  'unreadable-name': 'The name is not valid Unicode, so it can’t be opened again. Rename it.',
  'label-name': 'The folder’s name can’t be a label. Its photos came in without one.',
  box: 'The box can’t be cut from the picture.',
  changed: 'The file is no longer the one that was imported: its bytes are others.',
  'changed-while-reading': 'The file was being written while it was read. Import it again.',
} as const;

export type PhotoProblemReason = keyof typeof sentences;

export class PhotoProblem extends Error {
  constructor(
    readonly reason: PhotoProblemReason,
    message: string = sentences[reason],
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'PhotoProblem';
  }
}
