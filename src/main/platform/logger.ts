/** Writes what developers and bug reports need. Never shown in the interface. */
export interface Logger {
  info(message: string): void;
  warn(message: string): void;
  /** With the stack of `error` where it has one. */
  error(message: string, error?: unknown): void;
}
