/** Progress for people: to stderr, so that what a command prints stays clean. */
export function say(message: string): void;
/** Ends the program with a sentence and what to do about it. */
export function fail(message: string, remedy?: string): never;
/** The project's folder. */
export const root: string;
