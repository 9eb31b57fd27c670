import type { Dataset, Models, ProjectContext, Similarity } from '../ports';

/** What quantizing a model of a project takes. */
export interface QuantizationParts {
  context: ProjectContext;
  dataset: Dataset;
  models: Models;
  similarity: Similarity;
}
