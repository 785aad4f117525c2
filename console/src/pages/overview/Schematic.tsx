import { useLive, useNow, useStale, useWorst, type Worst } from '../../api/hooks';
import { live } from '../../api/live';
import type { Asset, Plant, Signal } from '../../api/types';
import { hrefOf } from '../../app/route';
import { BadIcon, UncertainIcon } from '../../design/icons';
import { Sparkline } from '../../design/parts';
import { useReason, useShown, useT } from '../../i18n';
import { formatAgeShort, formatClock, formatCount, unitSign } from '../../model/format';
import { groupByPlace, keySignals, levelOf, shapeOf, shortName, type PlaceGroup } from '../../model/places';
import { qualityOf } from '../../model/quality';
import { Controller, Meter, Pump, Tank } from './Symbols';

/** Places and assets shown at once; the plant page shows all. */
const PLACES = 12;
const ASSETS = 12;
/** A place with this many assets takes the room; smaller ones stand beside it. */
const LARGE = 4;

export function Schematic({ plant }: { plant: Plant }) {
  const t = useT();
  const groups = groupByPlace(plant.assets);
  const shown = groups.slice(0, PLACES);
  const large = shown.filter(({ assets }) => assets.length >= LARGE);
  const small = shown.filter(({ assets }) => assets.length < LARGE);
  const columns = [large, small].filter((column) => column.length > 0);
  return (
    <section aria-labelledby="schematic">
      <h2 id="schematic" className="hidden">{t('schematic')}</h2>
      {groups.length === 0 && <p className="center">{t('noAssets')}</p>}
      <div className={`places columns-${columns.length}`}>
        {columns.map((column) => (
          <div key={column[0]!.place} className="column">{column.map((group) => <Place key={group.place} group={group} />)}</div>
        ))}
      </div>
      {groups.length > PLACES && <a href={hrefOf('plant')}>{t('more', { count: groups.length - PLACES })}</a>}
    </section>
  );
}

function Place({ group: { place, assets } }: { group: PlaceGroup }) {
  const t = useT();
  const shown = assets.slice(0, ASSETS);
  const tanks = shown.filter((asset) => shapeOf(asset) === 'tank');
  const others = shown.filter((asset) => shapeOf(asset) !== 'tank');
  return (
    <section className="place panel">
      <h3 className="caption">{place ? place.split('/').join(' › ') : t('elsewhere')}</h3>
      {[tanks, others].filter((row) => row.length > 0).map((row) => (
        <div key={row[0]!.name} className="assets">{row.map((asset) => <Mimic key={asset.name} asset={asset} />)}</div>
      ))}
      {assets.length > ASSETS && <a href={hrefOf('plant', '', { q: place })}>{t('more', { count: assets.length - ASSETS })}</a>}
    </section>
  );
}

function Mimic({ asset }: { asset: Asset }) {
  const shape = shapeOf(asset);
  const level = shape === 'tank' ? levelOf(asset) : undefined;
  const [lead, ...rest] = keySignals(asset, shape);
  const worst = useWorst(asset.signals);
  const stale = useStale();
  const odd = worst.severity !== 'good' && !stale;
  return (
    <article className={`mimic ${shape}${rest.length > 3 ? ' wide' : ''}${odd ? ` ${worst.severity}` : ''}`}>
      <h4>
        <a href={hrefOf('plant', '', { q: asset.name })}>{asset.name}</a>
        {odd && <AssetMark worst={worst} />}
      </h4>
      {level && <Tank asset={asset} level={level} />}
      {shape === 'pump' && <Pump asset={asset} />}
      {shape === 'meter' && <Meter />}
      {shape === 'controller' && <Controller />}
      {lead && <div className="lead"><Reading signal={lead} leads /></div>}
      {rest.length > 0 && <div className="rest">{rest.map((signal) => <Reading key={signal.name} signal={signal} leads={false} />)}</div>}
    </article>
  );
}

/** How many signals of an asset are not good, whether or not they have a place here, why, and for how long. */
function AssetMark({ worst: { severity, count, status, since } }: { worst: Worst }) {
  const t = useT();
  const reason = useReason();
  const now = useNow();
  const Icon = severity === 'bad' ? BadIcon : UncertainIcon;
  const { name } = qualityOf(status);
  return (
    <>
      <span className={`quality ${severity}`}><Icon size={14} />{formatCount(count)} <span className="hidden">{t(severity)}</span></span>
      <small className={`reason ${severity}`} title={since === null ? name : `${name}, ${t('sinceTime', { time: formatClock(since).slice(0, 8) })}`}>
        {reason(qualityOf(status))}{since !== null && ` · ${formatAgeShort(now - since)}`}
      </small>
    </>
  );
}

function Reading({ signal, leads }: { signal: Signal; leads: boolean }) {
  const latest = useLive(signal.name);
  const shown = useShown();
  const quality = latest ? qualityOf(latest.status) : null;
  const stale = useStale();
  const odd = quality && quality.severity !== 'good' && !stale;
  const Icon = quality?.severity === 'bad' ? BadIcon : UncertainIcon;
  const span = signal.range ? signal.range.max - signal.range.min : 0;
  return (
    <div className={`reading${leads ? ' leads' : ''}${odd ? ` ${quality.severity}` : ''}`} data-signal={signal.name}>
      <a href={hrefOf('trends', '', { s: signal.name })} title={signal.name}>{shortName(signal)}</a>
      <span className="value num" title={odd ? quality.name : undefined}>
        {odd && <Icon size={12} />}{shown(latest?.value, signal)}<wbr /><small>{unitSign(signal.unit)}</small>
      </span>
      {leads && <Sparkline points={live.trace(signal.name)} leastSpan={span / 40} />}
    </div>
  );
}
