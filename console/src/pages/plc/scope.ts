import { formatNumber } from '../../model/format';
import type { Track } from '../../model/plc';

/** The margins of every lane, in pixels. */
export const LEFT = 58;
export const RIGHT = 12;
const BOTTOM = 26;
const GAP = 16;

export interface Lane {
  readonly path: string;
  readonly type: string;
  readonly track: Track | undefined;
  readonly colour: string;
}

/** One lane per variable above a common time, in milliseconds of the PLC; `zero` is the time that is called 0. */
export function scopeOption(lanes: readonly Lane[], from: number, to: number, height: number, zero = to) {
  const style = getComputedStyle(document.documentElement);
  const ink = (name: string) => style.getPropertyValue(name).trim();
  const lane = (height - BOTTOM) / lanes.length;
  const label = { color: ink('--ink-soft'), fontSize: 12 };
  return {
    animation: false, backgroundColor: 'transparent', textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    grid: lanes.map((_, i) => ({ left: LEFT, right: RIGHT, top: GAP + i * lane, height: lane - GAP - 4 })),
    xAxis: lanes.map((_, i) => ({
      type: 'value' as const, gridIndex: i, min: from, max: to, interval: (to - from) / 5,
      axisLine: { onZero: false, lineStyle: { color: ink('--line-strong') } }, axisTick: { show: i === lanes.length - 1 },
      splitLine: { show: true, lineStyle: { color: ink('--line') } },
      axisLabel: { show: i === lanes.length - 1, ...label, hideOverlap: true, formatter: (millis: number) => secondsOf(millis - zero) },
    })),
    yAxis: lanes.map(({ type, track, colour }, i) => ({
      type: 'value' as const, gridIndex: i, ...rangeOf(type, track, from), splitNumber: 2, axisLine: { show: true, lineStyle: { color: colour } },
      splitLine: { show: false }, ...(type === 'BOOL' ? { axisTick: { customValues: [0, 1] } } : {}),
      axisLabel: { ...label, ...(type === 'BOOL' ? { customValues: [0, 1] } : {}), formatter: (value: number) => (type === 'BOOL' ? (value > 0.5 ? 'TRUE' : 'FALSE') : compact(value)) },
    })),
    series: lanes.map(({ path, type, track, colour }, i) => ({
      id: path, type: 'line' as const, xAxisIndex: i, yAxisIndex: i, data: pointsOf(track, from), showSymbol: false, silent: true, clip: true,
      ...(type.endsWith('REAL') ? {} : { step: 'end' as const }), lineStyle: { color: colour, width: 1.6 }, itemStyle: { color: colour },
    })),
  };
}

function secondsOf(millis: number): string {
  const seconds = millis / 1000;
  return `${Math.abs(seconds) < 0.001 ? '0' : seconds.toFixed(Number.isInteger(Math.round(seconds * 100) / 100) ? 0 : 1).replace('-', '\u2212')}\u202fs`;
}

function compact(value: number): string {
  return Math.abs(value) >= 1e5 ? value.toExponential(1) : formatNumber(value, Number.isInteger(value) ? 0 : undefined).replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');
}

/** Truth values have their two levels; all else what it had in sight, never less than a trifle of itself. */
function rangeOf(type: string, track: Track | undefined, from: number): { min: number; max: number; interval?: number } {
  if (type === 'BOOL') return { min: -0.15, max: 1.15, interval: 1 };
  const seen = pointsOf(track, from).map(([, value]) => value).filter(Number.isFinite);
  if (seen.length === 0) return { min: 0, max: 1, interval: 1 };
  const [low, high] = [Math.min(...seen), Math.max(...seen)];
  const least = Math.max(Math.abs(low), Math.abs(high), 1e-6) * 1e-3;
  const spread = Math.max(high - low, least) * 1.2;
  const size = 10 ** Math.floor(Math.log10(spread / 2));
  const step = [1, 2, 5, 10].map((n) => n * size).find((s) => s >= spread / 2) ?? size * 10;
  const middle = (low + high) / 2;
  const min = Math.floor((middle - spread / 2) / step) * step;
  return { min, max: Math.max(min + step, Math.ceil((middle + spread / 2) / step) * step), interval: step };
}

/** What is in sight, and the point before it. */
function pointsOf(track: Track | undefined, from: number): [number, number][] {
  if (!track) return [];
  const { times, values } = track;
  let first = times.length;
  while (first > 0 && times[first - 1]! >= from) first--;
  return times.slice(Math.max(0, first - 1)).map((time, i) => [time, values[Math.max(0, first - 1) + i]!]);
}
