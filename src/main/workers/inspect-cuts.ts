import { throwIfCancelled } from '../../shared/api/errors';
import { PhotoProblem } from '../../shared/domain/photo-problem';
import { cutPhoto } from '../engine/image/cut-photo';
import type { CacheEntry } from '../platform/cache-store';
import { readPhotoFile } from '../platform/read-photo-file';
import { inspectBytes } from './inspect-photos';
import type { TaskImplementation } from './task-context';
import type { CutToMake, InspectedCut } from './tasks/exchange-tasks';

/** A picture is decoded once for all of its cuts. */
export const inspectCuts: TaskImplementation<'inspect-cuts'> = async (input, context) => {
  const cache = context.cache(input.cacheFile);
  const entries: CacheEntry[] = [];
  const cuts: InspectedCut[] = [];
  const failed = ({ path, cut }: CutToMake, { reason, message }: PhotoProblem): InspectedCut => ({
    ok: false,
    path,
    cutId: cut.id,
    reason,
    message,
  });

  for (const [path, wanted] of byPicture(input.cuts)) {
    throwIfCancelled(context.signal);
    try {
      const picture = await readPhotoFile(path);
      const answers = await cutPhoto(
        picture.bytes,
        wanted.map(({ cut }) => cut),
      );
      const { modifiedMs } = picture;
      for (const [index, cut] of wanted.entries()) {
        const png = answers[index];
        if (png instanceof PhotoProblem) cuts.push(failed(cut, png));
        if (!(png instanceof Uint8Array)) continue;
        const inspected = await inspectBytes(png, input, cache, entries);
        const stamp = { bytes: picture.bytes.byteLength, modifiedMs };
        cuts.push({ ok: true, path, cutId: cut.cut.id, modifiedMs, picture: stamp, ...inspected });
      }
    } catch (error) {
      if (!(error instanceof PhotoProblem)) throw error;
      cuts.push(...wanted.map((cut) => failed(cut, error)));
    }
  }
  cache.putAll(entries);
  return { cuts };
};

function byPicture(cuts: readonly CutToMake[]): Map<string, CutToMake[]> {
  const groups = new Map<string, CutToMake[]>();
  for (const cut of cuts) groups.set(cut.path, [...(groups.get(cut.path) ?? []), cut]);
  return groups;
}
