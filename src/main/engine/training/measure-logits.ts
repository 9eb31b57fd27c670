/**
 * Mean cross-entropy (nats, of the labels as given: no smoothing, no class weights) and share of
 * rows whose largest logit is the label's. Of equal logits the first counts as the answer.
 * @param logits row-major [rows, classes].
 */
export function measureLogits(
  logits: Float32Array,
  labels: Int32Array,
  classes: number,
): { loss: number; accuracy: number } {
  let loss = 0;
  let correct = 0;
  labels.forEach((label, row) => {
    const answers = logits.subarray(row * classes, (row + 1) * classes);
    // Not Math.max: an infinite or undefined logit must show in the loss.
    const largest = answers.reduce((best, value) => (value > best ? value : best));
    let sum = 0;
    for (const value of answers) sum += Math.exp(value - largest);
    loss += Math.log(sum) + largest - (answers[label] ?? Number.NaN);
    if (answers.indexOf(largest) === label) correct += 1;
  });
  return { loss: loss / labels.length, accuracy: correct / labels.length };
}

/** Factors of the logits that are tried: from an eighth to eight, in steps of a third of a doubling. */
const factors = Array.from({ length: 19 }, (_, i) => 2 ** (i / 3 - 3));

/**
 * The least mean cross-entropy (nats) that any one factor of all logits gives: what the answers are
 * worth, however sure they pretend to be (temperature scaling: C. Guo et al., ICML 2017). Label
 * smoothing makes a better network less sure, and its plain loss worse.
 */
export function calibratedLoss(logits: Float32Array, labels: Int32Array, classes: number): number {
  const losses = factors.map((factor) => {
    const scaled = logits.map((logit) => factor * logit);
    return measureLogits(scaled, labels, classes).loss;
  });
  return Math.min(...losses);
}
