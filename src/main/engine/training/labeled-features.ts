/** Photos as a head sees them. */
export interface LabeledFeatures {
  /** Row-major [photos, width]. */
  features: Float32Array;
  /** Index of each photo's label, 0 to classes - 1. */
  labels: Int32Array;
}
