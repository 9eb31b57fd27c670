export interface Layer {
  imports: readonly string[];
  modules?: readonly string[];
  own?: boolean;
}
export const layers: Readonly<Record<string, Layer>>;
export const guarded: readonly string[];
export function layerOf(file: string): string | undefined;
export function resolveImport(file: string, specifier: string): string | undefined;
export function importProblem(file: string, specifier: string): string | undefined;
