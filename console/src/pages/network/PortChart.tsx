import { useMemo, useState, type PointerEvent } from 'react';
import type { Plan } from '../../api/network';
import { MinusIcon, PlusIcon } from '../../design/icons';
import { useT } from '../../i18n';
import { formatNanos } from '../../model/network';
import { rowsOf, sendingAt, ticksOf, type Row, type Sending } from '../../model/timetable';
import { useWidth } from './useWidth';

/** So much room the names of ports take, on wide and on narrow screens. */
const NAMES = 270;
const NAMES_NARROW = 150;
const NARROW = 760;
const ROW = 26;
const ROW_NARROW = 40;
const ZOOMS = [1, 2, 4, 8, 16, 32];
/** So far from a frame, in pixels, a pointer still means it. */
const NEAR = 6;

interface Props { plan: Plan; chosen: string | null; stale: boolean; onChoose: (stream: string) => void }

/** What each port sends in a hyperperiod, and when its gates are open: a Gantt chart. */
export function PortChart({ plan, chosen, stale, onChoose }: Props) {
  const t = useT();
  const [zoom, setZoom] = useState(0);
  const [read, setRead] = useState<{ row: Row; sending: Sending } | null>(null);
  const rows = useMemo(() => rowsOf(plan, chosen), [plan, chosen]);
  const [box, room] = useWidth(300);
  const [names, height] = window.innerWidth <= NARROW ? [NAMES_NARROW, ROW_NARROW] : [NAMES, ROW];
  const width = Math.max(420, room - names - 2) * ZOOMS[zoom]!;
  const find = (row: Row) => (event: PointerEvent<SVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const time = ((event.clientX - box.left) / box.width) * plan.hyperperiod;
    return sendingAt(row, time, (NEAR / box.width) * plan.hyperperiod);
  };
  const ticks = ticksOf(0, plan.hyperperiod, width / 110);
  return (
    <section className={`panel ports${stale ? ' stale' : ''}`} aria-label={t('netPorts')}>
      <header>
        <h2>{t('netPorts')}</h2><span className="soft">{t('netPortsDetail', { time: formatNanos(plan.hyperperiod) })}</span>
        <span className="room" />
        <div className="group">
          <button className="button icon" type="button" disabled={zoom === 0} aria-label={t('netZoomOut')} title={t('netZoomOut')} onClick={() => setZoom(zoom - 1)}><MinusIcon size={14} /></button>
          <button className="button icon" type="button" disabled={zoom === ZOOMS.length - 1} aria-label={t('netZoomIn')} title={t('netZoomIn')} onClick={() => setZoom(zoom + 1)}><PlusIcon size={14} /></button>
        </div>
      </header>
      <p className="reading num" aria-live="polite">
        {read
          ? `${read.row.from} → ${read.row.to}: ${t('netReading', { stream: read.sending.stream, frame: read.sending.frame + 1, queue: read.sending.queue, start: formatNanos(read.sending.start), end: formatNanos(read.sending.end) })}`
          : <><span className="soft">{t('netGanttHint')}</span> <span className="soft key"><i className="gates" />{t('netKeyGate')} <i className="frames" />{t('netKeyFrame')}</span></>}
      </p>
      <div className="gantt" ref={box} role="group" tabIndex={0} aria-label={t('netPorts')}>
        <div className="axis" style={{ width: width + names }}>
          <span className="port head"><span className="cut">{t('netPort')}</span><span className="num">{t('netPortLoad')}</span><span className="num" title={t('netRestHint')}>{t('netPortRest')}</span></span>
          <svg width={width} height={18} aria-hidden="true">
            {ticks.map((tick) => <text key={tick} x={(tick / plan.hyperperiod) * width} y={13} textAnchor={tick === 0 ? 'start' : tick > 0.97 * plan.hyperperiod ? 'end' : 'middle'}>{formatNanos(tick)}</text>)}
          </svg>
        </div>
        {rows.map((row) => (
          <div key={row.key} className="row" style={{ width: width + names }} data-port={row.key}>
            <span className="port" title={`${row.from} → ${row.to}${row.rest === null ? '' : ` · ${t('netRest', { percent: (Math.floor(row.rest * 1000) / 10).toFixed(1) })}`}`}>
              <span className="cut">{row.from} → {row.to}</span><span className="soft num">{percent(row.load)}</span>
              <span className={`num ${row.rest !== null && row.rest <= 0 ? 'few' : 'soft'}`} data-rest={row.rest ?? undefined}>{row.rest === null ? '–' : `${(Math.floor(row.rest * 1000) / 10).toFixed(1)} %`}</span>
            </span>
            <svg
              width={width} height={height} role="img" aria-label={`${row.from} → ${row.to}: ${[...new Set(row.sendings.map(({ stream }) => stream))].join(', ')}`}
              onPointerMove={(event) => {
                const sending = find(row)(event);
                setRead(sending && { row, sending });
              }}
              onPointerLeave={() => setRead(null)}
              onClick={(event) => {
                const sending = find(row)(event as unknown as PointerEvent<SVGElement>);
                if (sending) onChoose(sending.stream);
              }}
            >
              <path className="ticks" d={ticks.map((tick) => `M${Math.round((tick / plan.hyperperiod) * width) + 0.5} 0v${height}`).join('')} />
              <path className="gates" d={bars(row.gates, plan.hyperperiod, width, 3, height - 6)} />
              <path className="frames" d={bars(row.sendings.filter(({ stream }) => stream !== chosen), plan.hyperperiod, width, 7, height - 14)} />
              <path className="frames chosen" d={bars(row.sendings.filter(({ stream }) => stream === chosen), plan.hyperperiod, width, 5, height - 10)} />
            </svg>
          </div>
        ))}
      </div>
    </section>
  );
}

function percent(part: number): string {
  return `${(part * 100).toFixed(Math.abs(part) < 0.1 ? 1 : 0)} %`;
}

/** All bars of a row as one path; none is too narrow to be seen. */
function bars(spans: readonly { start: number; end: number }[], whole: number, width: number, top: number, height: number): string {
  return spans.map(({ start, end }) => {
    const x = (start / whole) * width;
    return `M${x.toFixed(1)} ${top}h${Math.max(1.5, ((end - start) / whole) * width).toFixed(1)}v${height}H${x.toFixed(1)}z`;
  }).join('');
}
