/** Disjoint sets of rows (Tarjan 1975; union by size, paths halved): practically constant time an operation. */
export class RowSets {
  private readonly parents: Int32Array;
  private readonly sizes: Int32Array;

  constructor(rows: number) {
    this.parents = Int32Array.from({ length: rows }, (_, row) => row);
    this.sizes = new Int32Array(rows).fill(1);
  }

  find(row: number): number {
    const { parents } = this;
    let at = row;
    while (parents[at] !== at) {
      parents[at] = parents[parents[at]!]!;
      at = parents[at]!;
    }
    return at;
  }

  join(a: number, b: number): void {
    const { parents, sizes } = this;
    const [x, y] = [this.find(a), this.find(b)];
    if (x === y) return;
    const [large, small] = sizes[x]! >= sizes[y]! ? [x, y] : [y, x];
    parents[small] = large;
    sizes[large]! += sizes[small]!;
  }

  /** Number of the set of each row, by first appearance: 0, 1, 2 … */
  numbers(): { readonly groups: Int32Array; readonly count: number; readonly largest: number } {
    const { parents, sizes } = this;
    const numberOf = new Int32Array(parents.length).fill(-1);
    let count = 0;
    let largest = 0;
    const groups = new Int32Array(parents.length);
    for (let row = 0; row < groups.length; row++) {
      const root = this.find(row);
      if (numberOf[root]! < 0) numberOf[root] = count++;
      groups[row] = numberOf[root]!;
      largest = Math.max(largest, sizes[root]!);
    }
    return { groups, count, largest };
  }

  /** The rows of each set, ascending; sets by first appearance. */
  members(): number[][] {
    const { groups, count } = this.numbers();
    const members: number[][] = Array.from({ length: count }, () => []);
    groups.forEach((group, row) => {
      members[group]!.push(row);
    });
    return members;
  }
}
