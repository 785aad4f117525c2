import type { Signal, SignalValue } from '../api/types';

/** Why a value must not be sent; null where it may. */
export function refusal(signal: Signal, value: SignalValue | undefined): 'notNumber' | 'outOfRange' | null {
  if (typeof value === 'boolean') return null;
  if (typeof value !== 'number' || !Number.isFinite(value)) return 'notNumber';
  const { range } = signal;
  return range && (value < range.min || value > range.max) ? 'outOfRange' : null;
}

/** Whether a device holds what was written; 32-bit floats keep about seven figures. */
export function holds(written: SignalValue, held: SignalValue): boolean {
  if (typeof written !== 'number' || typeof held !== 'number') return written === held;
  return Math.abs(written - held) <= 1e-6 * Math.max(1, Math.abs(written));
}
