import { useMemo, useState } from 'react';
import { useNow, usePlant, usePlantState, useStale, useWorst } from '../../api/hooks';
import type { ConnectionState, ConnectionStatus, PlantState, Signal } from '../../api/types';
import { hrefOf } from '../../app/route';
import { BadIcon, BusyIcon, GoodIcon, PauseIcon, StaleIcon, UncertainIcon } from '../../design/icons';
import { useReason, useT } from '../../i18n';
import { useNodeSay } from '../../i18n/nodeSaid';
import { formatAge, formatBytes, formatCount, formatDuration, formatRate } from '../../model/format';
import { qualityOf } from '../../model/quality';
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
      <Tile name={t('signals')} value={formatCount(signals.good)} unit={t('ofAllGood', { all: formatCount(signals.total) })} stale={stale} alarm={signals.bad > 0 ? '' : null} notes={[
        [t('uncertain'), formatCount(signals.uncertain), signals.uncertain > 0 ? 'uncertain' : undefined],
        [t('bad'), formatCount(signals.bad), signals.bad > 0 ? 'bad' : undefined],
      ]} />
      <Tile name={t('historian')} value={t(historian.state)} unit="" stale={stale} alarm={kept ? null : historian.message ?? ''} notes={[
        [t('onDisk'), formatBytes(historian.journalBytes + historian.segmentBytes)],
        [t('diskFree'), formatBytes(historian.diskFreeBytes)],
      ]} />
      <Tile name={t('identifiers')} value={formatCount(identifiers.registered)} unit={t('registered')} stale={stale} notes={[
        [t('resolved'), formatCount(identifiers.resolved)],
      ]} />
      <Tile name={t('process')} value={formatBytes(process.residentBytes)} unit={t('resident')} stale={stale} notes={[
        ...(process.cpuPercent === null ? [] : [[t('cpu'), `${process.cpuPercent.toFixed(0)}\u202f%`] as Note]),
        [t('uptime'), formatDuration(state.uptimeSeconds * 1000)],
      ]} />
    </section>
  );
}

type Note = [name: string, value: string, tone?: 'bad' | 'uncertain' | undefined];

interface TileProps {
  name: string;
  value: string;
  unit: string;
  notes: Note[];
  stale: boolean;
  alarm?: string | null;
}

function Tile({ name, value, unit, notes, stale, alarm = null }: TileProps) {
  return (
    <div className={`tile panel${alarm === null || stale ? '' : ' alarm'}`}>
      <h2 className="caption">{name}{stale && <StaleIcon size={12} />}</h2>
      <p className="figure">{alarm !== null && !stale && <BadIcon size={18} />}{value}{unit && <small>{unit}</small>}</p>
      {alarm && <p className="why">{alarm}</p>}
      <dl>
        {notes.map(([label, text, tone]) => (
          <div key={label} className={tone}><dt>{tone && <ToneIcon tone={tone} />}{label}</dt><dd>{text}</dd></div>
        ))}
      </dl>
    </div>
  );
}

function ToneIcon({ tone }: { tone: 'bad' | 'uncertain' }) {
  return tone === 'bad' ? <BadIcon size={12} /> : <UncertainIcon size={12} />;
}

const marks: Partial<Record<ConnectionState, { icon: typeof GoodIcon; tone: string }>> = {
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
      <h2 id="connections" className="hidden">{t('connections')}</h2>
      <ul className="connections">
        {connections.map((connection) => <Connection key={connection.name} connection={connection} />)}
      </ul>
    </section>
  );
}

/** The signals that are read through a connection. */
function useThrough(name: string): readonly Signal[] {
  const plant = usePlant();
  return useMemo(
    () => (plant?.assets ?? []).flatMap((asset) => asset.signals).filter(({ from }) => from?.startsWith(`${name}/`)), [plant, name]);
}

function Connection({ connection }: { connection: ConnectionStatus }) {
  const t = useT();
  const now = useNow();
  const stale = useStale();
  const worst = useWorst(useThrough(connection.name));
  const reason = useReason();
  const say = useNodeSay();
  const { state, signals, good, bad } = connection;
  // A link that tries again and again changes its state each time; what counts is that nothing comes, and since when.
  const down = (state === 'waiting' || state === 'connecting') && bad > 0 && bad === signals;
  const [kept, keep] = useState<ConnectionStatus | null>(null);
  const given = connection.reason ? connection : down ? kept : null;
  if (given !== kept) keep(given);
  const why = given ? say({ message: given.reason, code: given.code, arguments: given.arguments }) : (down ? reason(qualityOf(worst.status)) : null);
  const { icon, tone } = down ? { icon: BadIcon, tone: 'bad' } : (marks[state] ?? { icon: UncertainIcon, tone: 'uncertain' });
  const Icon = stale ? StaleIcon : icon;
  const since = down && worst.since !== null ? worst.since : connection.since ? Date.parse(connection.since) : null;
  const name = down ? t('down') : state in marks ? t(state) : state;
  return (
    <li className={`panel connection ${stale ? '' : tone || (bad > 0 ? 'bad' : 'fine')}`}>
      <div className="row">
        <a href={hrefOf('plant', '', { q: connection.name })}><strong>{connection.name}</strong></a>
        <span className={`state ${stale ? 'stale' : tone}`}>
          <Icon size={14} className={state === 'connecting' && !down && !stale ? 'spin' : ''} />
          {stale ? t('stale') : name} {!stale && since !== null && <small>{formatAge(now - since)}</small>}
        </span>
      </div>
      <div className="row soft">
        <span className="cut" title={connection.endpoint}>{connection.protocol} · {connection.endpoint}</span>
        <span className="num keep">
          <span className={bad > 0 && !stale ? 'quality bad' : ''}>{t('ofGood', { good: formatCount(good), all: formatCount(signals) })}</span>
          {` · ${formatRate(connection.perSecond)} ${t('perSecond')}`}
        </span>
      </div>
      {why && <p className="why">{why}</p>}
    </li>
  );
}
