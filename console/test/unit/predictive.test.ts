import { expect, test } from 'vitest';
import { courseChart } from '../../src/model/predictive';

const output = { variable: 'main.level', low: null, high: 20, wanted: [1, 1, 2], past: [1, 1, 1.2], ahead: [1.6, 2] };
const input = { variable: 'main.pump', low: 0, high: 4, wanted: [], past: [1, 2], ahead: [3, 3, 2] };

test('an output stands at the ends of its periods, and what is expected goes on from what was measured', () => {
  const chart = courseChart(output, false);
  expect(chart.now).toBeCloseTo(3 / 5);
  expect(chart.past.map((stretch) => stretch.map(([x]) => Math.round(x * 10)))).toEqual([[2, 4, 6]]);
  expect(chart.ahead.map((stretch) => stretch.map(([x]) => Math.round(x * 10)))).toEqual([[6, 8, 10]]);
  expect(chart.ahead[0]![0]).toEqual(chart.past[0]![2]);
});

test('an input holds for a whole period', () => {
  const chart = courseChart(input, true);
  expect(chart.now).toBeCloseTo(2 / 5);
  expect(chart.past[0]!.map(([x]) => x)).toEqual([0, 0.2, 0.2, 0.4]);
  expect(chart.ahead[0]!.map(([x]) => Math.round(x * 10) / 10)).toEqual([0.4, 0.6, 0.6, 0.8, 0.8, 1]);
});

test('the set point changes at once, and goes on to the end of the horizon', () => {
  const chart = courseChart(output, false);
  const values = chart.wanted[0]!.map(([, share]) => Math.round((chart.low + share * (chart.high - chart.low)) * 10) / 10);
  expect(values).toEqual([1, 1, 1, 1, 2, 2, 2]);
  const [x, y] = chart.wanted[0]!.at(-1)!;
  expect(x).toBe(1);
  expect(chart.low + y * (chart.high - chart.low)).toBeCloseTo(2);
});

test('limits of inputs are in sight, those of outputs where the course comes near them', () => {
  expect(courseChart(input, true).limits).toEqual([0, 4]);
  expect(courseChart(output, false).limits).toEqual([]);
  expect(courseChart({ ...output, high: 2.5 }, false).limits).toEqual([2.5]);
  const chart = courseChart(input, true);
  expect(chart.low).toBeLessThan(0);
  expect(chart.high).toBeGreaterThan(4);
});

test('a line is broken where there was no number, and what never moves has room above and below', () => {
  expect(courseChart({ ...output, past: [1, null, 1.2] }, false).past.map((stretch) => stretch.length)).toEqual([1, 1]);
  const flat = courseChart({ ...output, high: null, wanted: [5], past: [5, 5], ahead: [5] }, false);
  expect(flat.low).toBeLessThan(5);
  expect(flat.high).toBeGreaterThan(5);
  expect(courseChart({ ...output, high: null, wanted: [], past: [], ahead: [] }, false).past).toEqual([]);
});
