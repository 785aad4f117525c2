import type { Bucket, PlcValue } from '../api/plc';
import { countBefore } from './curves';
import { formatExact, formatNumber } from './format';

/** A value as the program would write it, short enough for a line. */
export function shownPlc(value: PlcValue | undefined): string {
  if (value === undefined) return '…';
  if (value === null) return '—';
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  // Of a duration its two largest units.
  if (typeof value !== 'number') return value.replace(/^(L?T(?:IME)?#-?(?:[\d.]+[a-z]+){2}).*$/i, '$1');
  if (Number.isInteger(value)) return String(value);
  const size = Math.abs(value);
  return size >= 1e5 || size < 1e-3 ? value.toExponential(3) : formatNumber(value, Math.max(1, 4 - Math.floor(Math.log10(size))));
}

/** Everything the value holds. */
export function exactPlc(value: PlcValue | undefined): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? formatExact(value) : shownPlc(value);
}

/** A time in microseconds with the unit that fits: 170 µs, 6.8 ms, 0.52 s. */
export function formatMicros(micros: number): string {
  if (micros >= 1e6) return `${three(micros / 1e6)}\u202fs`;
  return micros >= 1000 ? `${three(micros / 1000)}\u202fms` : `${three(micros)}\u202fµs`;
}

function three(value: number): string {
  if (value === 0) return '0';
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1).replace(/\.0$/, '') : value.toFixed(2).replace(/\.?0+$/, '');
}

export interface Bar { readonly x: number; readonly width: number; readonly height: number; readonly bucket: Bucket }

/** Decades of microseconds that hold all buckets: powers of ten, at least three of them. */
export function decadesOf(buckets: readonly Bucket[]): { from: number; to: number } {
  const used = buckets.filter(({ count }) => count > 0);
  if (used.length === 0) return { from: 0, to: 3 };
  // The first bucket begins at 0, for which there is no place: it stands at the left.
  const least = Math.min(...used.map(({ fromMicros, toMicros }) => fromMicros || toMicros / 1.6));
  const from = Math.floor(Math.log10(least) + 1e-9);
  const to = Math.ceil(Math.log10(Math.max(...used.map(({ toMicros }) => toMicros))) - 1e-9);
  return { from, to: Math.max(to, from + 3) };
}

/** Bars with both axes logarithmic, as shares of width and height; one scan is still to be seen. */
export function barsOf(buckets: readonly Bucket[], decades: { from: number; to: number }, most: number): Bar[] {
  const span = decades.to - decades.from;
  const at = (micros: number) => Math.min(1, Math.max(0, (Math.log10(Math.max(micros, 1e-9)) - decades.from) / span));
  const full = Math.log10(most) + 0.3;
  return buckets.filter(({ count }) => count > 0).map((bucket) => ({
    x: at(bucket.fromMicros), width: at(bucket.toMicros) - at(bucket.fromMicros),
    height: (Math.log10(bucket.count) + 0.3) / full, bucket,
  }));
}

/** The points of a variable over the time of the PLC. */
export class Track {
  readonly times: number[] = [];
  readonly values: number[] = [];

  constructor(private readonly keptMillis: number) {}

  push(millis: number, value: number): void {
    // Time that goes back is another start of the PLC.
    if (this.times.length > 0 && millis < this.times[this.times.length - 1]!) this.times.length = this.values.length = 0;
    this.times.push(millis);
    this.values.push(value);
    if (this.times[0]! < millis - 1.2 * this.keptMillis) {
      const first = countBefore(this.times, millis - this.keptMillis);
      this.times.splice(0, first);
      this.values.splice(0, first);
    }
  }

  /** The last value read at or before a time; undefined where there is none. */
  at(millis: number): number | undefined {
    const next = countBefore(this.times, millis + 1e-6);
    return next === 0 ? undefined : this.values[next - 1];
  }
}
