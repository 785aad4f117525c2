import type { ReactNode } from 'react';
import { useLive } from '../../api/hooks';
import type { History, Signal } from '../../api/types';
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
  /** Whether the newest values are asked for, wherever the curves end. */
  newest: boolean;
  onRemove: (name: string) => void;
}

/** The exact values at the cursor, or the newest in view where there is none. */
export function Readout({ curves, time, hasCursor, newest, onRemove }: ReadoutProps) {
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
        <tbody>{curves.map((curve, i) => <Row key={curve.signal.name} curve={curve} pen={i} time={time} newest={newest} onRemove={onRemove} />)}</tbody>
      </table>
    </div>
  );
}

interface RowProps {
  curve: Curve;
  pen: number;
  time: number;
  newest: boolean;
  onRemove: (name: string) => void;
}

function Row({ curve: { signal, history, held }, pen, time, newest, onRemove }: RowProps) {
  const t = useT();
  const colours = useDark() ? pens.dark : pens.light;
  const dash = dashes[pen % dashes.length];
  const at = history ? indexAt(history, time, gapMillis(history, signal.everyMillis)) : -1;
  const stands = newest || (held !== null && time >= held.from);
  return (
    <tr>
      <td className="nowrap name">
        <svg width="26" height="8" aria-hidden="true">
          <path d="M0 4h26" stroke={colours[pen % colours.length]} strokeWidth="2.500" strokeDasharray={Array.isArray(dash) ? dash.join(' ') : undefined} />
        </svg> {signal.name}
      </td>
      {stands ? <LiveCells signal={signal} /> : history && at >= 0 ? <Cells signal={signal} history={history} at={at} />
        : <Reading signal={signal} value={t('gap')} source={null} receive={null} />}
      <td className="right">
        <button className="button icon plain" type="button" aria-label={t('remove', { name: signal.name })} onClick={() => onRemove(signal.name)}><CloseIcon size={14} /></button>
      </td>
    </tr>
  );
}

interface ReadingProps {
  signal: Signal;
  value: ReactNode;
  status?: number;
  source: number | null | undefined;
  receive: ReactNode;
}

function Reading({ signal, value, status, source, receive }: ReadingProps) {
  return (
    <>
      <td className="right num nowrap">{value} <small>{unitSign(signal.unit)}</small></td>
      <td className="nowrap">{status !== undefined && <QualityMark quality={qualityOf(status)} />}</td>
      <td className="num nowrap">{formatTime(source)}</td>
      <td className="num nowrap">{receive ?? '—'}</td>
    </>
  );
}

function LiveCells({ signal }: { signal: Signal }) {
  const shown = useShown();
  const latest = useLive(signal.name);
  if (!latest) return <Reading signal={signal} value="—" source={null} receive={null} />;
  const value = typeof latest.value === 'number' ? formatExact(latest.value) : shown(latest.value, signal);
  return <Reading signal={signal} value={<b>{value}</b>} status={latest.status} source={latest.source} receive={formatTime(latest.receive)} />;
}

const WORST = { good: 0, uncertain: 0x40000000, bad: 0x80000000 };

function Cells({ signal, history, at }: { signal: Signal; history: History; at: number }) {
  const t = useT();
  const shown = useShown();
  if (history.kind === 'raw') {
    const value = history.values[at];
    return (
      <Reading
        signal={signal} value={<b>{typeof value === 'number' ? formatExact(value) : shown(value, signal)}</b>} status={history.status[at] ?? 0}
        source={history.times[at]} receive={formatTime(history.receiveTimes[at])}
      />
    );
  }
  const figures = <><b>{formatValue(history.mean[at], signal)}</b><small> {formatValue(history.min[at], signal)} – {formatValue(history.max[at], signal)}</small></>;
  return (
    <Reading
      signal={signal} value={figures} status={WORST[severityAt(history, at)]} source={history.times[at]}
      receive={t('bucketOf', { count: history.count[at] ?? 0, bad: history.bad[at] ?? 0 })}
    />
  );
}
