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
