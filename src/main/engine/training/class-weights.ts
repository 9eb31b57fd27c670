/**
 * What each class counts in training: photos / (classes with photos * photos of the class), so
 * that all classes together weigh the same and the mean weight of a photo is 1. A class without
 * photos gets 0.
 */
export function balancedClassWeights(labels: Int32Array, classes: number): Float32Array {
  const counts = new Float64Array(classes);
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  const present = counts.filter((count) => count > 0).length;
  return Float32Array.from(counts, (count) =>
    count === 0 ? 0 : labels.length / (present * count),
  );
}

export function equalClassWeights(classes: number): Float32Array {
  return new Float32Array(classes).fill(1);
}
