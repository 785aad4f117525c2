/** A stretch of time in view, in epoch milliseconds. */
export interface View {
  readonly from: number;
  readonly to: number;
}

export const SHORTEST = 200;
export const LONGEST = 10 * 366 * 86_400_000;
/** Fingers nearer together than this count as this far apart, so that a view does not explode between them. */
const LEAST_SPREAD = 16;

export function spanOf({ from, to }: View): number {
  return to - from;
}

/** A view made longer or shorter around a time that stays where it is. */
export function zoomed(view: View, factor: number, around: number): View {
  const span = Math.min(LONGEST, Math.max(SHORTEST, spanOf(view) * factor));
  const share = (around - view.from) / spanOf(view);
  return { from: around - span * share, to: around + span * (1 - share) };
}

/** A view moved by a share of its span; a negative one leads to earlier time. */
export function panned({ from, to }: View, share: number): View {
  const step = (to - from) * share;
  return { from: from + step, to: to + step };
}

/**
 * Two fingers moved: the times that were under them stay under them.
 *
 * @param before where both were, as shares of the width
 * @param after where both are
 */
export function pinched(view: View, before: readonly [number, number], after: readonly [number, number], width: number): View {
  const spread = ([a, b]: readonly [number, number]) => Math.max(LEAST_SPREAD / width, Math.abs(b - a));
  const middle = ([a, b]: readonly [number, number]) => (a + b) / 2;
  const around = view.from + spanOf(view) * middle(before);
  return panned(zoomed(view, spread(before) / spread(after), around), middle(before) - middle(after));
}

/** A view that does not lie in the future by more than half of itself. */
export function bounded(view: View, now: number): View {
  const beyond = view.to - (now + spanOf(view) / 2);
  return beyond > 0 ? { from: view.from - beyond, to: view.to - beyond } : view;
}
