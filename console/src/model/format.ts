import type { Signal, SignalValue } from '../api/types';

/** UCUM codes whose customary sign differs from the code. */
const SIGNS: Readonly<Record<string, string>> = {
  Cel: '°C',
  deg: '°',
  Ohm: 'Ω',
  um: 'µm',
  us: 'µs',
  uA: 'µA',
  'kW.h': 'kWh',
  'W.h': 'Wh',
  var: 'var',
  'V.A': 'VA',
  'kV.A': 'kVA',
  '{rpm}': 'rpm',
  '/min': 'min⁻¹',
  '1/min': 'min⁻¹',
  '1': '',
};

/** A unit as engineers write it: `m3/h` → m³/h, `Cel` → °C, annotations in braces are left out. */
export function unitSign(ucum: string | null | undefined): string {
  if (!ucum) return '';
  const known = SIGNS[ucum];
  if (known !== undefined) return known;
  return ucum
    .replace(/\{([^}]*)\}/g, '$1')
    .replace(/([A-Za-z])2(?=$|[./])/g, '$1²')
    .replace(/([A-Za-z])3(?=$|[./])/g, '$1³')
    .replace(/\./g, '·');
}

/** Decimals such that a signal shows about four figures over its range, whatever its value is right now. */
export function decimalsOf(span: number): number {
  if (!Number.isFinite(span) || span <= 0) return 2;
  return Math.min(6, Math.max(0, 3 - Math.floor(Math.log10(span))));
}

export function formatNumber(value: number, decimals?: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (value !== 0 && (Math.abs(value) >= 1e9 || Math.abs(value) < 1e-5)) return value.toExponential(3);
  const places = decimals ?? decimalsOf(Math.abs(value) || 1);
  const text = value.toFixed(places);
  return /^-0(\.0*)?$/.test(text) ? text.slice(1) : text;
}

/** Every figure that a number holds, and no more: one that came as a 32-bit float is written as such. */
export function formatExact(value: number): string {
  if (!Number.isFinite(value) || Math.fround(value) !== value) return String(value);
  for (let figures = 6; figures < 9; figures++) {
    const short = Number(value.toPrecision(figures));
    if (Math.fround(short) === value) return String(short);
  }
  return String(Number(value.toPrecision(9)));
}

/** A value for the eye; the exact one is shown in trends and exports. */
export function formatValue(value: SignalValue | undefined, signal?: Pick<Signal, 'range'> | null): string {
  if (value === undefined || value === null) return '—';
  if (typeof value !== 'number') return String(value);
  if (signal?.range) return formatNumber(value, decimalsOf(signal.range.max - signal.range.min));
  return formatNumber(value, Math.abs(value) >= 0.1 ? Math.min(3, decimalsOf(Math.abs(value))) : undefined);
}

/** Whether a number of this signal means manual (0) or automatic (1): named so, without unit, between 0 and 1. */
export function isMode({ name, unit, range }: Pick<Signal, 'name' | 'unit' | 'range'>): boolean {
  return /\/(automatic|auto)$/i.test(name) && (unit === null || unit === '1') && range?.min === 0 && range.max === 1;
}

export function formatCount(value: number): string {
  return Math.round(value).toString().replace(/\B(?=(\d{3})+(?!\d))/g, '\u202f');
}

/** 12 345 678 → 12.3 M: for tiles, where the order matters and the last figure does not. */
export function formatRate(value: number): string {
  if (value < 10) return value.toFixed(1);
  if (value < 10_000) return formatCount(value);
  return value < 1e6 ? `${(value / 1e3).toFixed(1)}\u202fk` : `${(value / 1e6).toFixed(1)}\u202fM`;
}

export function formatBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${value < 10 && unit > 0 ? value.toFixed(1) : Math.round(value)}\u202f${units[unit]!}`;
}

/** A length of time in its two largest units, e.g. `2 h 5 min`; below ten seconds with a tenth. */
export function formatDuration(millis: number): string {
  const seconds = Math.max(0, millis) / 1000;
  if (seconds < 1) return `${Math.round(millis < 0 ? 0 : millis)}\u202fms`;
  if (seconds < 10) return `${seconds.toFixed(1)}\u202fs`;
  const parts: [number, string][] = [
    [86_400, 'd'],
    [3600, 'h'],
    [60, 'min'],
    [1, 's'],
  ];
  const at = parts.findIndex(([size]) => seconds >= size);
  const [size, unit] = parts[at]!;
  const whole = Math.floor(seconds / size);
  const next = parts[at + 1];
  const rest = next ? Math.floor((seconds - whole * size) / next[0]) : 0;
  return next && rest > 0 ? `${whole}\u202f${unit} ${rest}\u202f${next[1]}` : `${whole}\u202f${unit}`;
}

/** Age in its largest unit, for where there is little room. */
export function formatAgeShort(millis: number): string {
  return formatAge(millis).split(' ')[0]!;
}

/** Age in whole seconds upwards, so that the text does not flicker. */
export function formatAge(millis: number): string {
  return millis < 1000 ? '<\u202f1\u202fs' : formatDuration(Math.floor(millis / 1000) * 1000).replace('.0', '');
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

/** Local time to the millisecond, `2026-11-21 14:03:07.250`: the same in every language, and sortable. */
export function formatTime(millis: number | null | undefined): string {
  if (millis === null || millis === undefined || !Number.isFinite(millis)) return '—';
  const date = new Date(millis);
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${formatClock(millis)}`;
}

export function formatClock(millis: number): string {
  const date = new Date(millis);
  const thousandths = String(date.getMilliseconds()).padStart(3, '0');
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${thousandths}`;
}
