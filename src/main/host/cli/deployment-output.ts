import type { Deployment, GoldenOutcome } from '../../../shared/domain/deployment';
import { describeMistake } from '../../../shared/domain/describe-mistake';

const says: Record<Deployment['state'], string> = {
  copied: 'copied and verified by hash, not checked by the phone.',
  unanswered:
    'copied and verified by hash, but the app has not answered the golden photos: open it on the phone and push again.',
  checked: 'deployed: golden photos are answered as on this computer.',
  wrong: 'copied, but the phone answers otherwise than this computer.',
};

/** A push that ended, for people. */
export function deploymentText({ deviceName, models, state, target, check }: Deployment): string {
  const names = models.map(({ name }) => name).join(' and ');
  return [
    `${deviceName}: ${names} into ${target.name} — ${says[state]}`,
    ...(check?.outcomes ?? []).map((outcome) => {
      const name = models.find(({ modelId }) => modelId === outcome.modelId)?.name ?? '';
      return `  ${name}: ${outcomeText(outcome, check?.photos ?? 0, check?.bound ?? 0)}`;
    }),
  ].join('\n');
}

function outcomeText(outcome: GoldenOutcome, photos: number, bound: number): string {
  const { largestDifference = 0, sameAnswers = 0, latencyMs, mistakes, problem } = outcome;
  switch (outcome.outcome) {
    case 'failed':
      return problem ?? 'no answers';
    case 'same':
      return `${photos} golden photos, largest difference ${largestDifference.toFixed(3)} (bound ${bound}), median ${(latencyMs?.p50 ?? 0).toFixed(1)} ms`;
    case 'different':
      return [
        `${sameAnswers} of ${photos} golden photos get the same answer, largest difference ${largestDifference.toFixed(3)} (bound ${bound}).`,
        ...mistakes.map(
          (mistake) =>
            `The app’s mistake: ${describeMistake[mistake].name}. ${describeMistake[mistake].remedy}`,
        ),
      ].join(' ');
  }
}
