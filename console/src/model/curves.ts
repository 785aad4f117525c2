import type { History, RawHistory, Severity, StreamedSample } from '../api/types';
import { severityOf } from './quality';

export type Point = [time: number, value: number | null];

/** A stretch of time in which data was bad or uncertain. */
export interface Mark {
  readonly from: number;
  readonly to: number;
  readonly severity: Exclude<Severity, 'good'>;
}

function numeric(value: number | boolean | string | null | undefined): number | null {
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

/** Where data was bad or uncertain; neighbouring samples of one severity are one mark. */
export function marksOf(history: History, gap: number): Mark[] {
  const marks: Mark[] = [];
  history.times.forEach((start, i) => {
    const severity = severityAt(history, i);
    if (severity === 'good') return;
    const next = history.times[i + 1] ?? start;
    const step = history.kind === 'buckets' ? history.bucketMillis : next - start <= gap ? next - start : 0;
    const last = marks[marks.length - 1];
    if (last && last.severity === severity && start - last.to <= (history.kind === 'buckets' ? 1 : 0)) {
      marks[marks.length - 1] = { ...last, to: start + step };
    } else marks.push({ from: start, to: start + step, severity });
  });
  return marks;
}

export function severityAt(history: History, i: number): Severity {
  if (history.kind === 'raw') return severityOf(history.status[i] ?? 0);
  if (history.bad[i]! > 0) return 'bad';
  return history.good[i]! < history.count[i]! ? 'uncertain' : 'good';
}

/** Index of the sample or bucket that holds at a time, or -1 where there is none near enough. */
export function indexAt(history: History, time: number, gap: number): number {
  const { times } = history;
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! <= time) low = middle + 1;
    else high = middle;
  }
  return low > 0 && time - times[low - 1]! <= gap ? low - 1 : -1;
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
