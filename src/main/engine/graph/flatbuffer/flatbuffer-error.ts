/**
 * Why a FlatBuffer could not be read: its bytes contradict the format ('damaged'), or it uses a
 * field or value that the declared tables leave out on purpose ('unsupported').
 */
export class FlatbufferError extends Error {
  constructor(
    readonly kind: 'damaged' | 'unsupported',
    message: string,
  ) {
    super(message);
    this.name = 'FlatbufferError';
  }
}
