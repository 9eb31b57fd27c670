import type { Correction } from './feedback-post';
import type { OutboxStore } from './outbox';

const table = 'corrections';

/** In the browser's own database, which there is over plain Wi-Fi, too. */
export function openKeptCorrections(): OutboxStore {
  let opening: Promise<IDBDatabase> | undefined;

  async function access(mode: IDBTransactionMode): Promise<IDBObjectStore> {
    opening ??= openDatabase();
    // What failed once may be allowed the next time.
    opening.catch(() => {
      opening = undefined;
    });
    return (await opening).transaction(table, mode).objectStore(table);
  }

  return {
    async all() {
      const store = await access('readonly');
      // Asked for in one go: a transaction ends when nothing is asked of it.
      const [keys, values] = await Promise.all([
        answerOf(store.getAllKeys()),
        answerOf(store.getAll()),
      ]);
      return keys.map((key, at) => ({
        key: Number(key),
        correction: values[at] as Correction,
      }));
    },
    async put(correction) {
      return Number(await answerOf((await access('readwrite')).add(correction)));
    },
    async remove(key) {
      await answerOf((await access('readwrite')).delete(key));
    },
  };
}

function openDatabase(): Promise<IDBDatabase> {
  const request = indexedDB.open('pocketlens-page', 1);
  request.addEventListener('upgradeneeded', () => {
    request.result.createObjectStore(table, { autoIncrement: true });
  });
  return answerOf(request);
}

function answerOf<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('no database')));
  });
}
