import { contract, type Handlers, type MethodName } from '@shared/api/contract';
import { AppError } from '@shared/api/errors';

/** All handlers: those given, and for every other method one that answers `not-found`. */
export function createFakeHandlers(given: Partial<Handlers> = {}): Handlers {
  const missing = (name: string) => () => {
    throw new AppError('not-found', `The fake has no ${name}.`);
  };
  const names = Object.keys(contract) as MethodName[];
  const all: unknown = Object.fromEntries(names.map((name) => [name, missing(name)]));
  return { ...(all as Handlers), ...given };
}
