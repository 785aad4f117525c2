import type { Quality } from '../api/types';
import { useStale } from '../api/hooks';
import { useReason, useT } from '../i18n';
import { BadIcon, GoodIcon, StaleIcon, UncertainIcon } from './icons';

const icons = { good: GoodIcon, uncertain: UncertainIcon, bad: BadIcon };

/** Quality by shape, word and colour; while the connection is lost it says that instead of repeating an old verdict. */
export function QualityMark({ quality, terse = false }: { quality: Quality | null; terse?: boolean }) {
  const t = useT();
  const reason = useReason();
  const stale = useStale();
  if (!quality) return <span className="quality stale"><StaleIcon size={14} /><span>{t('none')}</span></span>;
  const Icon = stale ? StaleIcon : icons[quality.severity];
  const text = stale ? t('stale') : terse ? t(quality.severity) : reason(quality);
  const title = stale ? t('staleHint') : `${t(quality.severity)} · ${quality.name} (0x${quality.code.toString(16).padStart(8, '0')})`;
  return (
    <span className={`quality ${stale ? 'stale' : quality.severity}`} title={title}>
      <Icon size={14} />
      <span>{text}</span>
    </span>
  );
}

interface SparklineProps {
  points: readonly number[];
  width?: number;
  height?: number;
  /** Values nearer together than this fill less than the height, so that noise does not look like a change. */
  leastSpan?: number;
}

/** The last values as a line without axes; breaks where the quality was bad. */
export function Sparkline({ points, width = 96, height = 22, leastSpan = 0 }: SparklineProps) {
  const usable = points.filter(Number.isFinite);
  if (usable.length < 2) return <svg width={width} height={height} aria-hidden="true" />;
  const least = Math.min(...usable);
  const most = Math.max(...usable);
  const span = Math.max(most - least, leastSpan);
  const low = (least + most - span) / 2;
  const x = (i: number) => ((i / (points.length - 1)) * (width - 4) + 1).toFixed(1);
  const y = (v: number) => (span === 0 ? height / 2 : height - 3 - ((v - low) / span) * (height - 6)).toFixed(1);
  let path = '';
  let pen = false;
  points.forEach((value, i) => {
    if (!Number.isFinite(value)) pen = false;
    else {
      path += `${pen ? 'L' : 'M'}${x(i)} ${y(value)}`;
      pen = true;
    }
  });
  const last = points[points.length - 1]!;
  return (
    <svg width={width} height={height} aria-hidden="true">
      <path d={path} fill="none" stroke="var(--ink-faint)" strokeWidth="1.2" strokeLinejoin="round" />
      {Number.isFinite(last) && <circle cx={x(points.length - 1)} cy={y(last)} r="1.800" fill="var(--ink)" />}
    </svg>
  );
}
