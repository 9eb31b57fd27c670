import type { Model } from './model';

/** "Lite0 · 7 classes", then "Lite0 · 7 classes (2)": comparisons tell models apart by name. */
export function freeModelName(name: string, models: readonly Pick<Model, 'name'>[]): string {
  const taken = new Set(models.map((model) => model.name));
  let free = name;
  for (let number = 2; taken.has(free); number += 1) free = `${name} (${number})`;
  return free;
}
