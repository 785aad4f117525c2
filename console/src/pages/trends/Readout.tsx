import { useDark } from '../../app/settings';
import { CloseIcon } from '../../design/icons';
import { QualityMark } from '../../design/parts';
import { useShown, useT } from '../../i18n';
import { gapMillis, indexAt, severityAt } from '../../model/curves';
import { formatExact, formatTime, formatValue, unitSign } from '../../model/format';
import { qualityOf } from '../../model/quality';
import { dashes, pens, type Curve } from './chart';

interface ReadoutProps {
  curves: readonly Curve[];
  time: number;
  hasCursor: boolean;
  onRemove: (name: string) => void;
}

/** The exact values at the cursor, or the newest in view where there is none. */
export function Readout({ curves, time, hasCursor, onRemove }: ReadoutProps) {
  const t = useT();
  if (curves.length === 0) return null;
  return (
    <div className="readout panel" tabIndex={0} role="region" aria-label={t('value')}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('signal')}</th><th scope="col" className="right">{t('value')}{hasCursor ? '' : ` (${t('latestReading')})`}</th>
            <th scope="col">{t('quality')}</th><th scope="col">{t('sourceTime')}</th><th scope="col">{t('receiveTime')}</th>
            <th scope="col"><span className="hidden">{t('clear')}</span></th>
          </tr>
        </thead>
        <tbody>{curves.map((curve, i) => <Row key={curve.signal.name} curve={curve} pen={i} time={time} onRemove={onRemove} />)}</tbody>
      </table>
    </div>
  );
}

function Row({ curve: { signal, history }, pen, time, onRemove }: { curve: Curve; pen: number; time: number; onRemove: (name: string) => void }) {
  const t = useT();
  const shown = useShown();
  const colours = useDark() ? pens.dark : pens.light;
  const dash = dashes[pen % dashes.length];
  const at = history ? indexAt(history, time, gapMillis(history, signal.everyMillis)) : -1;
  const raw = history?.kind === 'raw' ? history : null;
  const buckets = history?.kind === 'buckets' ? history : null;
  const worst = { good: 0, uncertain: 0x40000000, bad: 0x80000000 };
  return (
    <tr>
      <td className="nowrap">
        <svg width="26" height="8" aria-hidden="true">
          <path d="M0 4h26" stroke={colours[pen % colours.length]} strokeWidth="2.500" strokeDasharray={Array.isArray(dash) ? dash.join(' ') : undefined} />
        </svg> {signal.name}
      </td>
      <td className="right num nowrap">
        {at < 0 && t('gap')}
        {raw && at >= 0 && <b>{typeof raw.values[at] === 'number' ? formatExact(raw.values[at] as number) : shown(raw.values[at], signal)}</b>}
        {buckets && at >= 0 && (
          <>
            <b>{formatValue(buckets.mean[at], signal)}</b>
            <small> {formatValue(buckets.min[at], signal)} – {formatValue(buckets.max[at], signal)}</small>
          </>
        )} <small>{unitSign(signal.unit)}</small>
      </td>
      <td className="nowrap">
        {history && at >= 0 && <QualityMark quality={qualityOf(raw ? (raw.status[at] ?? 0) : worst[severityAt(history, at)])} />}
      </td>
      <td className="num nowrap">{history && at >= 0 ? formatTime(history.times[at]) : '—'}</td>
      <td className="num nowrap">
        {raw && at >= 0 && formatTime(raw.receiveTimes[at])}
        {buckets && at >= 0 && t('bucketOf', { count: buckets.count[at] ?? 0, bad: buckets.bad[at] ?? 0 })}
      </td>
      <td className="right">
        <button className="button icon plain" type="button" aria-label={t('remove', { name: signal.name })} onClick={() => onRemove(signal.name)}><CloseIcon size={14} /></button>
      </td>
    </tr>
  );
}
