/** Groups of 0..count-1 that grow together (union by size, path halving). */
export function createDisjointSets(count: number) {
  const parents = Int32Array.from({ length: count }, (_, index) => index);
  const sizes = new Int32Array(count).fill(1);

  function find(item: number): number {
    let at = item;
    while (parents[at] !== at) {
      const next = parents[parents[at] ?? at] ?? at;
      parents[at] = next;
      at = next;
    }
    return at;
  }

  return {
    find,
    join(left: number, right: number): void {
      let [large, small] = [find(left), find(right)];
      if (large === small) return;
      if ((sizes[large] ?? 0) < (sizes[small] ?? 0)) [large, small] = [small, large];
      parents[small] = large;
      sizes[large] = (sizes[large] ?? 0) + (sizes[small] ?? 0);
    },
    /** The smallest member of each item's group. */
    groups(): Int32Array {
      const smallest = new Int32Array(count).fill(-1);
      return Int32Array.from({ length: count }, (_, item) => {
        const root = find(item);
        if (smallest[root] === -1) smallest[root] = item;
        return smallest[root] ?? item;
      });
    },
  };
}
