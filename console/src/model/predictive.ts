import type { PredictiveLine } from '../api/plc';

/** A chart of one variable: shares of width from the oldest period to the end of the horizon, and of height from below. */
export interface CourseChart {
  /** Where now is. */
  readonly now: number;
  readonly low: number;
  readonly high: number;
  /** Each a list of unbroken stretches. */
  readonly past: readonly (readonly Spot[])[];
  readonly ahead: readonly (readonly Spot[])[];
  readonly wanted: readonly (readonly Spot[])[];
  /** Limits that are in sight, as values. */
  readonly limits: readonly number[];
}

export type Spot = readonly [x: number, y: number];
type Point = readonly [period: number, value: number | null];

/** Limits of outputs are shown where the course comes as near to them as it is high; those of inputs always. */
export function courseChart(line: PredictiveLine, isInput: boolean): CourseChart {
  const { past, ahead, wanted } = line;
  const first = Math.min(-1, -past.length);
  const span = Math.max(1, ahead.length) - first;
  const seen = [...past, ...ahead, ...wanted].filter((value) => value !== null);
  const [least, most] = [Math.min(...seen), Math.max(...seen)];
  const limits = [line.low, line.high].filter((value) => value !== null)
    .filter((value) => isInput || seen.length === 0 || Math.min(Math.abs(value - least), Math.abs(value - most)) <= Math.max(most - least, 1e-9));
  const { low, high } = rangeOf([...seen, ...limits]);
  const spots = (points: readonly Point[]) => stretches(points).map((stretch) =>
    stretch.map(([period, value]): Spot => [(period - first) / span, (value! - low) / (high - low)]));
  return {
    now: -first / span, low, high, limits,
    past: spots(isInput ? steps(past, -past.length) : past.map((value, i): Point => [i + 1 - past.length, value])),
    ahead: spots(isInput ? steps(ahead, 0) : [...past.slice(-1).map((value): Point => [0, value]), ...ahead.map((value, i): Point => [i + 1, value])]),
    wanted: spots([...steps(wanted, 1 - wanted.length), ...wanted.slice(-1).map((value): Point => [ahead.length, value])]),
  };
}

/** What holds for a period, from its beginning to its end. */
function steps(values: readonly (number | null)[], from: number): Point[] {
  return values.flatMap((value, i): Point[] => [[from + i, value], [from + i + 1, value]]);
}

/** Broken where there is no number. */
function stretches(points: readonly Point[]): Point[][] {
  const found: Point[][] = [];
  let open: Point[] | null = null;
  for (const point of points) {
    if (point[1] === null) open = null;
    else if (open) open.push(point);
    else found.push(open = [point]);
  }
  return found;
}

/** All in sight, with a little air; never less than a trifle of the values. */
function rangeOf(values: readonly number[]): { low: number; high: number } {
  if (values.length === 0) return { low: 0, high: 1 };
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const spread = Math.max(most - least, Math.max(Math.abs(least), Math.abs(most), 1e-6) * 2e-3);
  const middle = (least + most) / 2;
  return { low: middle - spread * 0.56, high: middle + spread * 0.56 };
}
