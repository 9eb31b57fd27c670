// The process that holds libimobiledevice: `iphone-process.js CANDIDATES`, started by
// iphone-connection.ts. Its calls block, and a phone that stalls is ended with the process.
import type { LibraryCandidates } from './find-libraries';
import { openIosLibrary, subscribe } from './ios-library';
import type { Failure, FromIphoneProcess, ToIphoneProcess } from './iphone-calls';
import { CallError, createIphoneSession } from './iphone-session';

const send = (message: FromIphoneProcess) => process.send?.(message);

function failureOf(error: unknown): Failure {
  if (error instanceof CallError) return error.failure;
  return {
    family: 'library',
    code: 0,
    text: error instanceof Error ? error.message : String(error),
  };
}

try {
  const { library, file } = openIosLibrary(
    JSON.parse(process.argv[2] ?? '{}') as LibraryCandidates,
  );
  const calls = createIphoneSession(library);
  process.on('message', ({ id, name, values }: ToIphoneProcess) => {
    try {
      const call = calls[name] as (...values: unknown[]) => unknown;
      send({ type: 'done', id, value: call(...values) });
    } catch (error) {
      send({ type: 'failed', id, failure: failureOf(error) });
    }
  });
  if (process.argv[3] === 'watch') subscribe(library, () => send({ type: 'changed' }));
  send({ type: 'ready', id: 0, file });
} catch (error) {
  send({ type: 'failed', id: 0, failure: failureOf(error) });
}

// Whoever started this process is gone, with or without a good-bye.
process.on('disconnect', () => process.exit(0));
// Ctrl+C in a terminal goes to all its processes; the studio says when this one ends.
process.on('SIGINT', () => undefined);
