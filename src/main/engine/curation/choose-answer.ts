export interface Answer {
  labelId: number;
  /** 0..1. */
  probability: number;
  /** 1 minus the lead over the strongest other answer, 0..1. */
  uncertainty: number;
}

/**
 * The most probable label. `labelIds`: the label of each class, 0 for one that is gone: it can't be
 * the answer, but what it got is still missing from the others and counts as competition.
 */
export function chooseAnswer(
  probabilities: Float32Array,
  labelIds: ArrayLike<number>,
): Answer | undefined {
  let best = -1;
  for (let i = 0; i < probabilities.length; i += 1) {
    if (!labelIds[i]) continue;
    if (best < 0 || (probabilities[i] ?? 0) > (probabilities[best] ?? 0)) best = i;
  }
  if (best < 0) return undefined;
  const probability = probabilities[best] ?? 0;
  let other = 0;
  probabilities.forEach((value, i) => {
    if (i !== best) other = Math.max(other, value);
  });
  return {
    labelId: labelIds[best] ?? 0,
    probability,
    uncertainty: Math.min(1, 1 - (probability - other)),
  };
}
