import { expect, test } from 'vitest';
import type { BucketHistory, RawHistory } from '../../src/api/types';
import { toCsv } from '../../src/model/csv';
import { bandsOf, extend, gapMillis, indexAt, lineOf, marksOf, niceAxis, within } from '../../src/model/curves';

const BAD = 0x80050000;
const raw = (times: number[], values: RawHistory['values'], status = times.map(() => 0)): RawHistory => ({
  kind: 'raw', signal: 'a/b', unit: 'cm', from: 0, to: 10_000, times, values, status, receiveTimes: times.map((t) => t + 5),
});
const buckets: BucketHistory = {
  kind: 'buckets', signal: 'a/b', unit: 'cm', from: 0, to: 3000, bucketMillis: 1000, times: [0, 1000, 2000], count: [10, 10, 10],
  good: [10, 10, 0], bad: [0, 0, 10], min: [1, 2, null], max: [3, 4, null], mean: [2, 3, null], first: [1, 2, null], last: [3, 4, null],
};

test('a pause counts as a gap only when it is long against the usual one', () => {
  expect(gapMillis(raw([0, 100, 200], [1, 1, 1]), 100)).toBe(1000);
  expect(gapMillis(raw([0, 1000, 2000], [1, 1, 1]), null)).toBe(5000);
});

test('a curve breaks where data is bad and where it is missing', () => {
  expect(lineOf(raw([0, 100, 200], [1, 2, 3], [0, BAD, 0]), 1000)).toEqual([[0, 1], [100, null], [200, 3]]);
  expect(lineOf(raw([0, 4000], [1, true]), 1000)).toEqual([[0, 1], [2000, null], [4000, 1]]);
  expect(lineOf(buckets, 2500)).toEqual([[500, 2], [1500, 3], [2500, null]]);
});

test('the band runs along the maxima and back along the minima', () => {
  expect(bandsOf(buckets, 2500)).toEqual([[[500, 3], [1500, 4], [1500, 2], [500, 1]]]);
});

test('neighbouring samples of one status are one mark', () => {
  const history = { ...raw([0, 100, 200, 300], [1, 0, 0, 1], [0, BAD, BAD, 0]), to: 400 };
  expect(marksOf(history, 1000)).toEqual([{ from: 100, to: 300, severity: 'bad', status: BAD, open: false }]);
  expect(marksOf(buckets, 2500)).toEqual([{ from: 2000, to: 3000, severity: 'bad', status: null, open: true }]);
});

// A driver tells once that a device has failed, and then that it is back.
test('what is bad stays bad until the next sample, and what is missing is marked too', () => {
  expect(marksOf(raw([0, 100, 8000], [1, null, 2], [0, BAD, 0]), 1000)).toEqual([
    { from: 100, to: 8000, severity: 'bad', status: BAD, open: false },
    { from: 8000, to: 10_000, severity: 'missing', status: null, open: true },
  ]);
  expect(marksOf(raw([0, 5000, 9500], [1, 2, 3]), 1000)).toEqual([
    { from: 0, to: 9500, severity: 'missing', status: null, open: false },
  ]);
  const outage = { ...buckets, times: [0, 1000, 60_000], bad: [0, 1, 0], good: [10, 9, 10], to: 61_000 };
  expect(marksOf(outage, 2500)).toEqual([{ from: 1000, to: 60_000, severity: 'bad', status: null, open: false }]);
});

test('what lies in view is kept with a neighbour on both sides', () => {
  const history = raw([0, 100, 200, 300, 400, 500], [0, 1, 2, 3, 4, 5]);
  expect(within(history, 200, 300).values).toEqual([1, 2, 3]);
  expect(within(history, 250, 260).times).toEqual([200, 300]);
  expect(within(history, -5, 900)).toBe(history);
  expect(within(history, 600, 700).times).toEqual([500]);
});

test('the cursor finds the last sample before it unless that is too old', () => {
  const history = raw([0, 100, 200], [1, 2, 3]);
  expect([-1, 0, 150, 250, 2000].map((time) => indexAt(history, time, 1000))).toEqual([-1, 0, 1, 2, -1]);
  expect(indexAt(raw([0, 100], [1, null], [0, BAD]), 9000, 1000)).toBe(1);
});

test('newer samples are added once and older ones dropped', () => {
  const next = extend(raw([0, 100, 200], [1, 2, 3]), [['a/b', 9, 0, 200, 205], ['a/b', 4, 0, 300, 305]], 100);
  expect([next.times, next.values]).toEqual([[100, 200, 300], [2, 3, 4]]);
});

test('an axis has round bounds that hold all values', () => {
  expect(niceAxis(0, 10)).toEqual({ min: 0, max: 10, interval: 2.5 });
  const flat = niceAxis(5, 5);
  expect(flat.min).toBeLessThan(5);
  expect(flat.max).toBeGreaterThan(5);
});

// RFC 4180: CRLF ends a line; a cell with a comma or quote is quoted, its quotes doubled.
test('an export holds what lies in view', () => {
  const lines = toCsv([raw([0, 1000, 2000], [1.5, 'a "b", c', 3], [0, BAD, 0])], 500, 1500).split('\r\n');
  expect(lines.slice(1)).toEqual([
    'a/b,cm,1970-01-01T00:00:01.000Z,1970-01-01T00:00:01.005Z,"a ""b"", c",BadCommunicationError,,,,,,,,,', '',
  ]);
  expect(toCsv([buckets], 0, 0).split('\r\n')[1]).toBe('a/b,cm,1970-01-01T00:00:00.000Z,,,,1000,10,10,0,1,3,2,1,3');
});
