import type { Model, ModelId } from '@shared/domain/model';

/** The model to export: what a person chose while the library has it, else the newest quantized one. */
export function chosenExport(
  selectedId: ModelId | undefined,
  models: readonly Model[],
): Model | undefined {
  return (
    models.find(({ id }) => id === selectedId) ??
    models.find(({ quantization }) => quantization !== undefined) ??
    models[0]
  );
}
