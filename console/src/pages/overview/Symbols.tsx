import { useLive } from '../../api/hooks';
import type { Live } from '../../api/live';
import type { Asset, Signal } from '../../api/types';
import { setPointOf, shortName } from '../../model/places';
import { severityOf } from '../../model/quality';

const TOP = 8;
const HEIGHT = 104;
const OUTLINE = 'M2 14q0-8 26-8t26 8v92q0 8-26 8t-26-8z';

/** A vessel filled as far as its level says, with its set-point as a mark beside the scale. */
export function Tank({ asset, level }: { asset: Asset; level: Signal }) {
  const setPoint = setPointOf(asset);
  const share = shareOf(useLive(level.name), level);
  const wanted = shareOf(useLive(setPoint?.name ?? ''), level);
  const bad = share === null;
  const y = (part: number) => TOP + HEIGHT * (1 - part);
  const clip = `tank-${level.name}`;
  return (
    <svg className="symbol" width="72" height="120" viewBox="0 0 72 120" aria-hidden="true">
      <clipPath id={clip}><path d={OUTLINE} /></clipPath>
      <g clipPath={`url(#${clip})`}>
        <rect width="56" height="120" fill="var(--sunken)" />
        {!bad && <rect y={y(share)} width="56" height={120 - y(share)} fill="var(--fill)" />}
        {!bad && <path d={`M0 ${y(share)}h56`} stroke="var(--ink-soft)" strokeWidth="1.5" />}
      </g>
      <path
        d={OUTLINE} fill="none" stroke={bad ? 'var(--bad)' : 'var(--line-strong)'} strokeWidth="1.5"
        strokeDasharray={bad ? '4 3' : undefined}
      />
      {[0, 0.25, 0.5, 0.75, 1].map((tick) => (
        <path key={tick} d={`M57 ${y(tick)}h${tick % 0.5 === 0 ? 6 : 3}`} stroke="var(--line-strong)" />
      ))}
      {wanted !== null && (
        <g stroke="var(--accent)" fill="var(--accent)">
          <path d={`M2 ${y(wanted)}h52`} strokeDasharray="2 3" fill="none" />
          <path d={`M60 ${y(wanted)}l9-5v10z`} strokeLinejoin="round" />
        </g>
      )}
    </svg>
  );
}

function shareOf(latest: Live | undefined, { range }: Signal): number | null {
  if (!latest || severityOf(latest.status) === 'bad') return null;
  if (typeof latest.value !== 'number' || !range || range.max <= range.min) return null;
  return Math.min(1, Math.max(0, (latest.value - range.min) / (range.max - range.min)));
}

const MOTION = [/running/i, /speed/i, /flow/i, /voltage|power|load/i];

/** Circle and triangle, the pump of ISO 14617: filled while it runs, dashed while nobody knows. */
export function Pump({ asset }: { asset: Asset }) {
  const signal = MOTION.map((motion) => asset.signals.find((each) => motion.test(shortName(each)))).find(Boolean);
  const latest = useLive(signal?.name ?? '');
  const known = latest !== undefined && severityOf(latest.status) !== 'bad' && latest.value !== null;
  const runs = known && (latest.value === true || Number(latest.value) > 0);
  return (
    <svg
      className="symbol" width="50" height="50" viewBox="0 0 50 50" aria-hidden="true" strokeWidth="1.5"
      stroke={known || !signal ? 'var(--line-strong)' : 'var(--bad)'} strokeDasharray={known || !signal ? undefined : '4 3'}
    >
      <circle cx="25" cy="25" r="22" fill={runs ? 'var(--fill-soft)' : 'var(--sunken)'} />
      <path d="M15.500 6.500L46 25 15.500 43.500z" fill={runs ? 'var(--fill)' : 'none'} strokeLinejoin="round" />
    </svg>
  );
}

export function Meter() {
  return (
    <svg
      className="symbol" width="44" height="50" viewBox="0 0 44 50" aria-hidden="true" stroke="var(--line-strong)"
      strokeWidth="1.5" fill="var(--sunken)"
    >
      <rect x="2" y="3" width="40" height="44" rx="3" />
      <path d="M2 16h40" />
      <path d="M24 20l-8 11h6l-2 10 9-13h-6z" fill="var(--fill)" strokeLinejoin="round" />
    </svg>
  );
}

/** A circle in a square: shared display and control, ANSI/ISA-5.1. */
export function Controller() {
  return (
    <svg
      className="symbol" width="50" height="50" viewBox="0 0 50 50" aria-hidden="true" stroke="var(--line-strong)"
      strokeWidth="1.5" fill="var(--sunken)"
    >
      <rect x="3" y="3" width="44" height="44" />
      <circle cx="25" cy="25" r="22" fill="var(--fill-soft)" />
      <path d="M3 25h44" />
    </svg>
  );
}
