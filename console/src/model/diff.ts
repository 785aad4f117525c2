/** Differences of texts, line by line: E. W. Myers, "An O(ND) Difference Algorithm and Its Variations", Algorithmica 1 (1986). */

export interface Side { readonly line: number; readonly text: string }

/** A row of a comparison: both sides where they are the same or one took the place of the other. */
export interface Row { readonly left: Side | null; readonly right: Side | null; readonly same: boolean }

/** Texts that have more differences than this are shown as if all between the first and the last were another one. */
const DIFFERENCES_MAX = 1000;

type Edit = 'same' | 'gone' | 'new';

export function linesOf(text: string): string[] {
  const lines = text.split(/\r\n|\r|\n/);
  if (lines[lines.length - 1] === '') lines.pop();
  return lines;
}

/** The shortest way from one list of lines to the other. */
function edits(a: readonly string[], b: readonly string[]): Edit[] {
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const middle = between(a.slice(head, a.length - tail), b.slice(head, b.length - tail));
  return [...Array<Edit>(head).fill('same'), ...middle, ...Array<Edit>(tail).fill('same')];
}

function between(a: readonly string[], b: readonly string[]): Edit[] {
  const most = Math.min(a.length + b.length, DIFFERENCES_MAX);
  const best = new Int32Array(2 * most + 3);
  const kept: Int32Array[] = [];
  const at = (k: number) => k + most + 1;
  for (let d = 0; d <= most; d++) {
    kept.push(best.slice(at(-d) - 1, at(d) + 2));
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && best[at(k - 1)]! < best[at(k + 1)]!);
      let x = down ? best[at(k + 1)]! : best[at(k - 1)]! + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      best[at(k)] = x;
      if (x >= a.length && x - k >= b.length) return back(kept, a.length, b.length);
    }
  }
  return [...Array<Edit>(a.length).fill('gone'), ...Array<Edit>(b.length).fill('new')];
}

/** From the end back to the beginning, by what was reached in each step. */
function back(kept: readonly Int32Array[], width: number, height: number): Edit[] {
  const way: Edit[] = [];
  let [x, y] = [width, height];
  for (let d = kept.length - 1; d >= 0; d--) {
    const before = kept[d]!;
    const reached = (k: number) => before[k + d + 1]!;
    const k = x - y;
    const down = k === -d || (k !== d && reached(k - 1) < reached(k + 1));
    const from = d === 0 ? 0 : down ? reached(k + 1) : reached(k - 1) + 1;
    while (x > from && y > from - k) {
      way.push('same');
      [x, y] = [x - 1, y - 1];
    }
    if (d > 0) {
      way.push(down ? 'new' : 'gone');
      if (down) y--;
      else x--;
    }
  }
  return way.reverse();
}

/** So many lines at most are looked at for which resembles which. */
const BESIDE_MAX = 60;

/** How much of two lines is the same at their ends: 0 to 1. */
function likeness(a: string, b: string): number {
  const [x, y] = [a.trim(), b.trim()];
  const { from, endA } = changedPart(x, y);
  return (from + x.length - endA) / Math.max(1, x.length, y.length);
}

/** Puts lines beside those that they resemble most, in order. */
function beside(gone: readonly Side[], added: readonly Side[]): Row[] {
  const [n, m] = [gone.length, added.length];
  if (n === m || n === 0 || m === 0 || Math.max(n, m) > BESIDE_MAX) {
    return Array.from({ length: Math.max(n, m) }, (_, i) => ({ left: gone[i] ?? null, right: added[i] ?? null, same: false }));
  }
  const best = Array.from({ length: n + 1 }, () => new Array<number>(m + 1).fill(0));
  for (let i = n - 1; i >= 0; i--) {
    for (let j = m - 1; j >= 0; j--) {
      best[i]![j] = Math.max(best[i + 1]![j]!, best[i]![j + 1]!, best[i + 1]![j + 1]! + likeness(gone[i]!.text, added[j]!.text));
    }
  }
  const rows: Row[] = [];
  let [i, j] = [0, 0];
  while (i < n || j < m) {
    const both = i < n && j < m && best[i]![j]! > Math.max(best[i + 1]![j]!, best[i]![j + 1]!);
    const left = both || (i < n && (j === m || best[i + 1]![j]! >= best[i]![j + 1]!));
    rows.push({ left: left ? gone[i++]! : null, right: both || !left ? added[j++]! : null, same: false });
  }
  return rows;
}

/** Both texts side by side; lines that took the place of others stand beside them. */
export function rowsOf(before: string, after: string): Row[] {
  const [a, b] = [linesOf(before), linesOf(after)];
  const rows: Row[] = [];
  let [i, j] = [0, 0];
  let gone: Side[] = [];
  let added: Side[] = [];
  const flush = () => {
    rows.push(...beside(gone, added));
    [gone, added] = [[], []];
  };
  for (const edit of edits(a, b)) {
    if (edit === 'same') {
      flush();
      rows.push({ left: { line: i + 1, text: a[i++]! }, right: { line: j + 1, text: b[j++]! }, same: true });
    } else if (edit === 'gone') gone.push({ line: i + 1, text: a[i++]! });
    else added.push({ line: j + 1, text: b[j++]! });
  }
  flush();
  return rows;
}

/** Rows that stand together; those between two hunks are left out. */
export interface Hunk { readonly from: number; readonly to: number }

/** The differences with some lines around them. */
export function hunksOf(rows: readonly Row[], around = 3): Hunk[] {
  const hunks: { from: number; to: number }[] = [];
  rows.forEach((row, i) => {
    if (row.same) return;
    const [from, to] = [Math.max(0, i - around), Math.min(rows.length, i + around + 1)];
    const last = hunks[hunks.length - 1];
    if (last && from <= last.to) last.to = to;
    else hunks.push({ from, to });
  });
  return hunks;
}

/** Where two lines differ: what both begin and end with is left out. */
export function changedPart(a: string, b: string): { from: number; endA: number; endB: number } {
  let from = 0;
  while (from < a.length && from < b.length && a[from] === b[from]) from++;
  let tail = 0;
  while (tail < a.length - from && tail < b.length - from && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  return { from, endA: a.length - tail, endB: b.length - tail };
}
