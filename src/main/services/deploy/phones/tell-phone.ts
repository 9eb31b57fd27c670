import { createHash } from 'node:crypto';
import {
  type CompanionCheck,
  companionProtocol,
} from '../../../../shared/domain/companion-protocol';
import type { GoldenCheck } from '../../../../shared/domain/deployment';
import { describeMistake } from '../../../../shared/domain/describe-mistake';
import type { DeviceFolder } from '../../../platform/devices/device-transport';
import type { ModelFile } from './push-plan';

/** Leaves on the phone what was made of its answers, so that its app can show it to whoever holds it. */
export async function tellPhone(
  folder: DeviceFolder,
  {
    requestId,
    check,
    models,
    signal,
  }: {
    requestId: string;
    check: GoldenCheck;
    models: readonly ModelFile[];
    signal: AbortSignal;
  },
): Promise<void> {
  const message: CompanionCheck = {
    protocol: companionProtocol,
    id: requestId,
    outcomes: check.outcomes.flatMap(({ modelId, outcome, largestDifference, mistakes }) => {
      const file = models.find(({ model }) => model.id === modelId);
      if (!file) return [];
      return {
        model: file.model.sha256,
        outcome,
        ...(largestDifference === undefined ? {} : { largestDifference }),
        mistakes: mistakes.map((mistake) => describeMistake[mistake]),
      };
    }),
  };
  const content = Buffer.from(`${JSON.stringify(message, undefined, 2)}\n`);
  const sha256 = createHash('sha256').update(content).digest('hex');
  await folder.put(`checks/${requestId}.json`, { content, sha256 }, { signal });
}
