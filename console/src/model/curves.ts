import type { History, RawHistory, Severity, StreamedSample } from '../api/types';
import { severityOf } from './quality';

export type Point = [time: number, value: number | null];

/** A stretch of time in which data was bad, uncertain or missing. */
export interface Mark {
  readonly from: number;
  readonly to: number;
  readonly severity: Exclude<Severity, 'good'> | 'missing';
  /** The status code that says why; null where there is none: in summaries, and where nothing came. */
  readonly status: number | null;
  /** Whether it lasts to the end of what was read, and so perhaps longer. */
  readonly open: boolean;
}

/**
 * What came last and still stands: what reports only changes is silent while nothing does, and a device that fails is.
 * The value is null where it is bad.
 */
export interface Held {
  readonly from: number;
  readonly value: number | null;
  readonly status: number;
}

export function numeric(value: number | boolean | string | null | undefined): number | null {
  if (typeof value === 'boolean') return Number(value);
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/**
 * The longest pause between samples that still counts as data: five times the usual one. A signal that is reported only
 * when it changes has long usual pauses; one polled ten times a second shows a gap after a second.
 */
export function gapMillis(history: History, everyMillis: number | null): number {
  const { times } = history;
  const steps = times.slice(1).map((time, i) => time - times[i]!).sort((a, b) => a - b);
  const usual = steps[Math.floor(steps.length / 2)] ?? 0;
  const own = history.kind === 'buckets' ? 2.5 * history.bucketMillis : 0;
  return Math.max(5 * usual, 10 * (everyMillis ?? 0), own, 1000);
}

/** The curve: broken where data is bad or missing, never drawn across. */
export function lineOf(history: History, gap: number): Point[] {
  const points: Point[] = [];
  let previous = Number.NaN;
  const raw = history.kind === 'raw';
  history.times.forEach((start, i) => {
    const time = raw ? start : start + history.bucketMillis / 2;
    const usable = raw ? severityOf(history.status[i] ?? 0) !== 'bad' : true;
    const value = usable ? numeric(raw ? history.values[i] : history.mean[i]) : null;
    if (time - previous > gap) points.push([(time + previous) / 2, null]);
    points.push([time, value]);
    previous = time;
  });
  return points;
}

/** The band from minimum to maximum of buckets, one closed outline per unbroken stretch. */
export function bandsOf(history: History, gap: number): [number, number][][] {
  if (history.kind === 'raw') return [];
  const bands: [number, number][][] = [];
  let top: [number, number][] = [];
  let bottom: [number, number][] = [];
  const close = () => {
    if (top.length > 1) bands.push([...top, ...bottom.reverse()]);
    top = [];
    bottom = [];
  };
  let previous = Number.NaN;
  history.times.forEach((start, i) => {
    const [low, high] = [history.min[i], history.max[i]];
    if (start - previous > gap || low === null || high === null || low === undefined || high === undefined) close();
    previous = start;
    if (typeof low !== 'number' || typeof high !== 'number') return;
    top.push([start + history.bucketMillis / 2, high]);
    bottom.push([start + history.bucketMillis / 2, low]);
  });
  close();
  return bands;
}

/**
 * Where data was bad, uncertain or missing. A device that fails says so once: what is not good stays so until the next
 * sample, however long that takes. Neighbouring samples of one status are one mark.
 */
export function marksOf(history: History, gap: number): Mark[] {
  const marks: Mark[] = [];
  const { times } = history;
  const raw = history.kind === 'raw' ? history : null;
  const width = history.kind === 'buckets' ? history.bucketMillis : 0;
  times.forEach((start, i) => {
    const severity = severityAt(history, i);
    const next = times[i + 1] ?? Math.max(start + width, history.to);
    const pauses = next - start > gap;
    if (severity === 'good' && !pauses) return;
    const mark: Mark = {
      from: severity === 'good' ? start + width : start,
      to: raw || pauses ? next : start + width,
      severity: severity === 'good' ? 'missing' : severity,
      status: severity === 'good' ? null : (raw?.status[i] ?? null),
      open: i === times.length - 1,
    };
    const last = marks[marks.length - 1];
    if (last && last.severity === mark.severity && last.status === mark.status && mark.from - last.to <= 1) {
      marks[marks.length - 1] = { ...mark, from: last.from };
    } else marks.push(mark);
  });
  return marks;
}

export function severityAt(history: History, i: number): Severity {
  if (history.kind === 'raw') return severityOf(history.status[i] ?? 0);
  if (history.bad[i]! > 0) return 'bad';
  return history.good[i]! < history.count[i]! ? 'uncertain' : 'good';
}

/** Index of the sample or bucket that holds at a time, or -1 where there is none near enough; bad ones hold on. */
export function indexAt(history: History, time: number, gap: number): number {
  const { times } = history;
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! <= time) low = middle + 1;
    else high = middle;
  }
  if (low === 0) return -1;
  return time - times[low - 1]! <= gap || severityAt(history, low - 1) === 'bad' ? low - 1 : -1;
}

/** What of a history lies in a stretch of time, and its neighbours, so that curves reach the edges. */
export function within<H extends History>(history: H, from: number, to: number): H {
  const { times } = history;
  const low = Math.max(0, countBefore(times, from) - 1);
  const high = countBefore(times, to) + 1;
  if (low === 0 && high >= times.length) return history;
  const columns = Object.entries(history).map(([key, value]) => [key, Array.isArray(value) ? (value as unknown[]).slice(low, high) : value as unknown]);
  return Object.fromEntries(columns) as H;
}

/** How many of ascending times lie before one. */
export function countBefore(times: readonly number[], time: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A raw history with newer samples of its signal added; late and repeated ones are left to the next reading. */
export function extend(history: RawHistory, samples: readonly StreamedSample[], keepFrom: number): RawHistory {
  let last = history.times[history.times.length - 1] ?? Number.NEGATIVE_INFINITY;
  const fresh = samples.filter(([, , , source]) => source > last && (last = source));
  if (fresh.length === 0) return history;
  const cut = Math.max(0, history.times.findIndex((time) => time >= keepFrom));
  return {
    ...history,
    to: Math.max(history.to, last),
    times: [...history.times.slice(cut), ...fresh.map((sample) => sample[3])],
    values: [...history.values.slice(cut), ...fresh.map((sample) => sample[1])],
    status: [...history.status.slice(cut), ...fresh.map((sample) => sample[2])],
    receiveTimes: [...history.receiveTimes.slice(cut), ...fresh.map((sample) => sample[4])],
  };
}

/** Buckets of a view: the round length, in whole milliseconds, of which at most 1200 fill it. */
export function bucketMillis(span: number): number {
  const rough = Math.max(1, span / 1200);
  const power = 10 ** Math.floor(Math.log10(rough));
  return Math.max(1, Math.round(power * ([1, 2, 5, 10].find((step) => step * power >= rough * 0.999_999) ?? 10)));
}

/** Bounds and step of an axis on round numbers that hold all values. */
export function niceAxis(low: number, high: number): { min: number; max: number; interval: number } {
  const span = high - low || Math.max(Math.abs(high) * 0.02, 0.02);
  const middle = (low + high) / 2;
  const [from, to] = high > low ? [low, high] : [middle - span / 2, middle + span / 2];
  const rough = (to - from) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const interval = power * ([1, 2, 2.5, 5, 10].find((step) => step * power >= rough) ?? 10);
  return { min: Math.floor(from / interval) * interval, max: Math.ceil(to / interval) * interval, interval };
}
