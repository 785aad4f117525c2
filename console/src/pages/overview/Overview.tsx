import { useStale, useNow, usePlant, usePlantState } from '../../api/hooks';
import type { ConnectionState, ConnectionStatus, PlantState } from '../../api/types';
import { hrefOf } from '../../app/route';
import { BadIcon, BusyIcon, GoodIcon, PauseIcon, StaleIcon, UncertainIcon } from '../../design/icons';
import { useT } from '../../i18n';
import { formatBytes, formatCount, formatDuration, formatRate } from '../../model/format';
import { Schematic } from './Schematic';
import './overview.css';

export function Overview() {
  const t = useT();
  const plant = usePlant();
  const state = usePlantState();
  const stale = useStale();
  return (
    <div className={`overview${stale ? ' is-stale' : ''}`}>
      <h1 className="hidden">{t('overview')}</h1>
      {state && <Figures state={state} />}
      {state && <Connections connections={state.connections} />}
      {plant ? <Schematic plant={plant} /> : !state && <p className="center" role="status">{t('connecting')} …</p>}
    </div>
  );
}

function Figures({ state }: { state: PlantState }) {
  const t = useT();
  const stale = useStale();
  const { samples, latencyMillis, historian, signals, identifiers, process } = state;
  const waiting = Math.max(0, samples.received - samples.stored - samples.duplicate - samples.refused);
  const millis = (value: number | null) => (value === null ? '—' : formatDuration(value));
  const kept = historian.state === 'running';
  return (
    <section className="figures" aria-label={t('overview')}>
      <Tile name={t('samples')} value={formatRate(samples.perSecond)} unit={t('perSecond')} stale={stale} notes={[
        [t('stored'), formatCount(samples.stored)],
        samples.refused > 0 ? [t('refused'), formatCount(samples.refused), 'bad'] : [t('unstored'), formatCount(waiting)],
      ]} />
      <Tile name={t('latency')} value={millis(latencyMillis.p50)} unit={t('median')} stale={stale} notes={[
        [t('p99'), millis(latencyMillis.p99)],
      ]} />
      <Tile name={t('signals')} value={formatCount(signals.good)} unit={t('ofGood', { good: '', all: formatCount(signals.total) }).trim()}
        stale={stale} custom={<SignalCounts signals={signals} />} notes={[]} hideUnit />
      <Tile name={t('historian')} value={t(historian.state)} unit="" stale={stale} alarm={kept ? null : historian.message ?? ''} notes={[
        [t('journal'), formatBytes(historian.journalBytes)], [t('segments'), formatBytes(historian.segmentBytes)],
        [t('diskFree'), formatBytes(historian.diskFreeBytes)],
      ]} />
      <Tile name={t('identifiers')} value={formatCount(identifiers.registered)} unit={t('registered')} stale={stale} notes={[
        [t('resolved'), formatCount(identifiers.resolved)],
      ]} />
      <Tile name={t('process')} value={formatBytes(process.residentBytes)} unit={t('resident')} stale={stale} notes={[
        ...(process.cpuPercent === null ? [] : [[t('cpu'), `${process.cpuPercent.toFixed(0)}\u2009%`] as Note]),
        [t('uptime'), formatDuration(state.uptimeSeconds * 1000)],
      ]} />
    </section>
  );
}

type Note = [name: string, value: string, tone?: 'bad'];

interface TileProps {
  name: string;
  value: string;
  unit: string;
  notes: Note[];
  stale: boolean;
  alarm?: string | null;
  custom?: React.ReactNode;
  hideUnit?: boolean;
}

function Tile({ name, value, unit, notes, stale, alarm = null, custom, hideUnit }: TileProps) {
  return (
    <div className={`tile panel${alarm === null ? '' : ' alarm'}`}>
      <h2 className="caption">{name}{stale && <StaleIcon size={12} />}</h2>
      <p className="figure">{alarm !== null && <BadIcon size={18} />}{value}{!hideUnit && unit && <small>{unit}</small>}</p>
      {custom}
      {alarm && <p className="why">{alarm}</p>}
      <dl>
        {notes.map(([label, text, tone]) => <div key={label} className={tone}><dt>{label}</dt><dd>{text}</dd></div>)}
      </dl>
    </div>
  );
}

function SignalCounts({ signals }: { signals: PlantState['signals'] }) {
  const t = useT();
  const { good, uncertain, bad } = signals;
  return (
    <ul className="counts">
      <li><GoodIcon size={14} />{formatCount(good)} {t('good')}</li>
      <li className={uncertain ? 'uncertain' : ''}><UncertainIcon size={14} />{formatCount(uncertain)} {t('uncertain')}</li>
      <li className={bad ? 'bad' : ''}><BadIcon size={14} />{formatCount(bad)} {t('bad')}</li>
    </ul>
  );
}

const marks: Record<ConnectionState, { icon: typeof GoodIcon; tone: string }> = {
  connected: { icon: GoodIcon, tone: '' },
  connecting: { icon: BusyIcon, tone: '' },
  idle: { icon: PauseIcon, tone: '' },
  waiting: { icon: UncertainIcon, tone: 'uncertain' },
  refused: { icon: BadIcon, tone: 'bad' },
  closed: { icon: PauseIcon, tone: '' },
};

function Connections({ connections }: { connections: ConnectionStatus[] }) {
  const t = useT();
  if (connections.length === 0) return null;
  return (
    <section aria-labelledby="connections">
      <h2 id="connections" className="heading">{t('connections')}</h2>
      <ul className="connections">
        {connections.map((connection) => <Connection key={connection.name} connection={connection} />)}
      </ul>
    </section>
  );
}

function Connection({ connection }: { connection: ConnectionStatus }) {
  const t = useT();
  const now = useNow();
  const stale = useStale();
  const { icon, tone } = marks[connection.state];
  const Icon = stale ? StaleIcon : icon;
  const since = connection.since ? formatDuration(Math.floor((now - Date.parse(connection.since)) / 1000) * 1000) : '';
  return (
    <li className={`panel connection ${stale ? '' : tone}`}>
      <div className="row">
        <a href={hrefOf('plant', '', { q: connection.name })}><strong>{connection.name}</strong></a>
        <span className={`state ${stale ? 'stale' : tone}`}>
          <Icon size={14} className={connection.state === 'connecting' && !stale ? 'spin' : ''} />
          {stale ? t('stale') : t(connection.state)} <small>{since}</small>
        </span>
      </div>
      <div className="row soft"><span className="cut" title={connection.endpoint}>{connection.protocol} · {connection.endpoint}</span></div>
      <div className="row soft">
        <span>{t('ofGood', { good: formatCount(connection.good), all: formatCount(connection.signals) })}</span>
        <span className="num">{formatRate(connection.perSecond)} {t('perSecond')}</span>
      </div>
      {connection.reason && <p className="why">{connection.reason}</p>}
    </li>
  );
}
