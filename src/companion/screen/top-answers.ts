export interface TopAnswer {
  label: string;
  probability: number;
}

export interface TopAnswers {
  /** Takes in an answer; that of another model than before begins anew. */
  add(model: string, probabilities: readonly number[]): void;
  /** The most probable labels, best first; of equals the first one. */
  best(labels: readonly string[], count: number): TopAnswer[];
}

/**
 * Answers of a stream of pictures, smoothed so that they do not flicker: each counts for `share`, those
 * before it for the rest; 1 smooths nothing.
 */
export function createTopAnswers(share: number): TopAnswers {
  let from: string | undefined;
  let smoothed: number[] = [];
  return {
    add(model, probabilities) {
      if (model !== from || smoothed.length !== probabilities.length) {
        from = model;
        smoothed = [...probabilities];
        return;
      }
      smoothed = smoothed.map((value, at) => value + share * ((probabilities[at] ?? 0) - value));
    },
    best: (labels, count) =>
      labels
        .map((label, at) => ({ label, probability: smoothed[at] ?? 0 }))
        .sort((a, b) => b.probability - a.probability)
        .slice(0, count),
  };
}
