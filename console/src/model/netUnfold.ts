export type Points = Map<string, { x: number; y: number }>;

type Neighbours = ReadonlyMap<string, readonly string[]>;

const PIVOTS = 24;
const ROUNDS = 120;

/**
 * Places for many nodes at which their distances in the drawing are like those in the network, so that a mesh lies flat:
 * from the distances of all to a few that are far from each other (pivot MDS: Brandes and Pich, Graph Drawing 2006).
 */
export function unfolded(names: readonly string[], neighbours: Neighbours): Points {
  const centred = doublyCentred(distances(names, neighbours));
  const first = axis(centred, null);
  const second = axis(centred, first);
  const along = (direction: readonly number[]) => centred.map((row) => dot(row, direction));
  const [xs, ys] = [along(first), along(second)];
  const most = Math.max(1e-9, ...xs.map(Math.abs), ...ys.map(Math.abs));
  // never two at one place
  return new Map(names.map((name, i) => [name, { x: xs[i]! / most + i * 1e-4, y: ys[i]! / most - (i % 7) * 1e-4 }]));
}

/** Of each node the number of links to each pivot; a pivot is the node that is farthest from those before. */
function distances(names: readonly string[], neighbours: Neighbours): number[][] {
  const rows = names.map((): number[] => []);
  const nearest = names.map(() => Infinity);
  let pivot = 0;
  for (let k = 0; k < Math.min(PIVOTS, names.length); k++) {
    const reached = hops(names, neighbours, names[pivot]!);
    const apart = Math.max(...reached.values()) + 1;
    names.forEach((name, i) => {
      const far = reached.get(name) ?? apart;
      rows[i]!.push(far);
      nearest[i] = Math.min(nearest[i]!, far);
    });
    pivot = nearest.indexOf(Math.max(...nearest));
  }
  return rows;
}

function hops(names: readonly string[], neighbours: Neighbours, from: string): Map<string, number> {
  const known = new Set(names);
  const reached = new Map([[from, 0]]);
  for (const [name, far] of reached) {
    for (const next of neighbours.get(name) ?? []) if (known.has(next) && !reached.has(next)) reached.set(next, far + 1);
  }
  return reached;
}

/** Squares of the distances, without the mean of each row and column. */
function doublyCentred(rows: readonly (readonly number[])[]): number[][] {
  const squares = rows.map((row) => row.map((far) => far * far));
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const ofRows = squares.map(mean);
  const ofColumns = (squares[0] ?? []).map((_, k) => mean(squares.map((row) => row[k]!)));
  const ofAll = mean(ofRows);
  return squares.map((row, i) => row.map((square, k) => -0.5 * (square - ofRows[i]! - ofColumns[k]! + ofAll)));
}

/** The direction in which the rows differ most, by power iteration; at right angles to another where there is one. */
function axis(rows: readonly (readonly number[])[], other: readonly number[] | null): number[] {
  let direction = (rows[0] ?? []).map((_, k) => 1 / (k + 1));
  for (let round = 0; round < ROUNDS; round++) {
    const next = direction.map(() => 0);
    for (const row of rows) {
      const along = dot(row, direction);
      row.forEach((value, k) => {
        next[k]! += along * value;
      });
    }
    const aside = other ? dot(next, other) : 0;
    const straight = next.map((value, k) => value - aside * (other?.[k] ?? 0));
    const length = Math.hypot(...straight);
    if (length < 1e-9) return direction;
    direction = straight.map((value) => value / length);
  }
  return direction;
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, k) => sum + value * b[k]!, 0);
}
