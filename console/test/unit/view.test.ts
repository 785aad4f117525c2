import { expect, test } from 'vitest';
import { bucketMillis } from '../../src/model/curves';
import { bounded, LONGEST, panned, pinched, SHORTEST, zoomed } from '../../src/model/view';

const view = { from: 1000, to: 2000 };

test('a zoom keeps the time under the cursor where it is', () => {
  expect(zoomed(view, 0.5, 1250)).toEqual({ from: 1125, to: 1625 });
  expect(zoomed(zoomed(view, 0.5, 1250), 2, 1250)).toEqual(view);
});

test('a view is never shorter than the shortest nor longer than the longest', () => {
  const short = zoomed(view, 1e-9, 1500);
  expect(short.to - short.from).toBeCloseTo(SHORTEST, 6);
  const long = zoomed(view, 1e12, 1500);
  expect(long.to - long.from).toBe(LONGEST);
});

test('a pan moves both ends by a share of the span', () => {
  expect(panned(view, -0.25)).toEqual({ from: 750, to: 1750 });
});

// The definition of a pinch: what was under each finger is under it afterwards.
test('a pinch keeps the times under both fingers there', () => {
  const [before, after] = [[0.2, 0.6], [0.1, 0.9]] as const;
  const next = pinched(view, before, after, 400);
  const at = (v: typeof view, share: number) => v.from + (v.to - v.from) * share;
  for (const finger of [0, 1] as const) expect(at(next, after[finger])).toBeCloseTo(at(view, before[finger]), 6);
  expect(pinched(view, [0.2, 0.6], [0.3, 0.7], 400).from).toBeCloseTo(900, 6);
});

test('fingers that meet do not stretch the view without end', () => {
  const next = pinched(view, [0.4, 0.6], [0.5, 0.5], 400);
  expect(next.to - next.from).toBeCloseTo(1000 * (0.2 / (16 / 400)), 6);
});

test('at most half of a view lies in the future', () => {
  expect(bounded(view, 1500)).toEqual(view);
  expect(bounded(view, 1200)).toEqual({ from: 700, to: 1700 });
});

test('buckets are round and fill a view with at most 1200', () => {
  expect([60_000, 600_000, 3_600_000, 86_400_000].map(bucketMillis)).toEqual([50, 500, 5000, 100_000]);
  for (let span = 200; span < 1e12; span *= 1.7) expect(span / bucketMillis(span)).toBeLessThanOrEqual(1200.01);
});
