import { useLive, useWorst } from '../../api/hooks';
import { live } from '../../api/live';
import type { Asset, Plant, Signal } from '../../api/types';
import { hrefOf } from '../../app/route';
import { BadIcon, UncertainIcon } from '../../design/icons';
import { QualityMark, Sparkline } from '../../design/parts';
import { useShown, useT } from '../../i18n';
import { formatCount, unitSign } from '../../model/format';
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
  return (
    <article className={`mimic ${shape}${rest.length > 3 ? ' wide' : ''}`}>
      <h4><a href={hrefOf('plant', '', { q: asset.name })}>{asset.name}</a><AssetMark asset={asset} /></h4>
      {level && <Tank asset={asset} level={level} />}
      {shape === 'pump' && <Pump asset={asset} />}
      {shape === 'meter' && <Meter />}
      {shape === 'controller' && <Controller />}
      {lead && <div className="lead"><Reading signal={lead} leads /></div>}
      {rest.length > 0 && <div className="rest">{rest.map((signal) => <Reading key={signal.name} signal={signal} leads={false} />)}</div>}
    </article>
  );
}

/** How many signals of an asset are not good, whether or not they have a place here. */
function AssetMark({ asset }: { asset: Asset }) {
  const t = useT();
  const { severity, count } = useWorst(asset);
  if (severity === 'good') return null;
  const Icon = severity === 'bad' ? BadIcon : UncertainIcon;
  return <span className={`quality ${severity}`}><Icon size={14} />{formatCount(count)} {t(severity)}</span>;
}

function Reading({ signal, leads }: { signal: Signal; leads: boolean }) {
  const latest = useLive(signal.name);
  const shown = useShown();
  const quality = latest ? qualityOf(latest.status) : null;
  const odd = quality && quality.severity !== 'good';
  const span = signal.range ? signal.range.max - signal.range.min : 0;
  return (
    <div className={`reading${leads ? ' leads' : ''}${odd ? ` ${quality.severity}` : ''}`} data-signal={signal.name}>
      <a href={hrefOf('trends', '', { s: signal.name })} title={signal.name}>{shortName(signal)}</a>
      <span className="value num" title={odd ? quality.name : undefined}>
        {shown(latest?.value, signal)}<small>{unitSign(signal.unit)}</small>
      </span>
      {leads && (odd ? <QualityMark quality={quality} terse /> : <Sparkline points={live.trace(signal.name)} leastSpan={span / 40} />)}
    </div>
  );
}
