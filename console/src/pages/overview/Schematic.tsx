import { useLive } from '../../api/hooks';
import type { Asset, Plant, Signal, SignalValue } from '../../api/types';
import { hrefOf } from '../../app/route';
import { QualityMark } from '../../design/parts';
import { useT } from '../../i18n';
import { formatValue, unitSign } from '../../model/format';
import { groupByPlace, levelOf, shapeOf, shortName, type PlaceGroup } from '../../model/places';
import { qualityOf } from '../../model/quality';

/** Places and assets shown at once; the plant page shows all. */
const PLACES = 12;
const ASSETS = 12;
const SIGNALS = 4;

export function Schematic({ plant }: { plant: Plant }) {
  const t = useT();
  const groups = groupByPlace(plant.assets);
  return (
    <section aria-labelledby="schematic">
      <h2 id="schematic" className="heading">{t('schematic')}</h2>
      {groups.length === 0 && <p className="center">{t('noAssets')}</p>}
      <div className="places">
        {groups.slice(0, PLACES).map((group) => <Place key={group.place} group={group} />)}
      </div>
      {groups.length > PLACES && <a href={hrefOf('plant')}>{t('more', { count: groups.length - PLACES })}</a>}
    </section>
  );
}

function Place({ group: { place, assets } }: { group: PlaceGroup }) {
  const t = useT();
  const parts = place.split('/');
  return (
    <section className="place panel" style={{ flexGrow: Math.min(assets.length, 6) }}>
      <h3 className="caption">{place ? parts.join(' › ') : t('elsewhere')}</h3>
      <div className="assets">
        {assets.slice(0, ASSETS).map((asset) => <Mimic key={asset.name} asset={asset} />)}
      </div>
      {assets.length > ASSETS && <a href={hrefOf('plant', '', { q: place })}>{t('more', { count: assets.length - ASSETS })}</a>}
    </section>
  );
}

function Mimic({ asset }: { asset: Asset }) {
  const shape = shapeOf(asset);
  const level = shape === 'tank' ? levelOf(asset) : undefined;
  const rest = asset.signals.filter((signal) => signal !== level).slice(0, SIGNALS);
  return (
    <article className={`mimic ${shape}`}>
      <h4><a href={hrefOf('plant', '', { q: asset.name })}>{asset.name}</a></h4>
      <div className="body">
        {level && <Tank signal={level} />}
        {shape === 'pump' && <Pump asset={asset} />}
        {shape === 'meter' && <Meter />}
        <ul>
          {level && <Reading signal={level} large />}
          {rest.map((signal) => <Reading key={signal.name} signal={signal} large={false} />)}
        </ul>
      </div>
    </article>
  );
}

function Reading({ signal, large }: { signal: Signal; large: boolean }) {
  const latest = useLive(signal.name);
  const quality = latest ? qualityOf(latest.status) : null;
  const odd = quality && quality.severity !== 'good';
  return (
    <li className={`reading${large ? ' large' : ''}${odd ? ` ${quality.severity}` : ''}`} data-signal={signal.name}>
      <a href={hrefOf('trends', '', { s: signal.name })} title={signal.name}>{shortName(signal)}</a>
      <span className="value num">{formatValue(latest?.value, signal)}<small>{unitSign(signal.unit)}</small></span>
      {odd && <QualityMark quality={quality} terse />}
    </li>
  );
}

const TANK_TOP = 6;
const TANK_HEIGHT = 84;

function Tank({ signal }: { signal: Signal }) {
  const latest = useLive(signal.name);
  const share = shareOf(latest?.value, signal);
  const bad = !latest || latest.status >>> 31 === 1 || share === null;
  const top = TANK_TOP + TANK_HEIGHT * (1 - (share ?? 0));
  return (
    <svg className="symbol" width="58" height="98" viewBox="0 0 58 98" aria-hidden="true">
      <clipPath id={`tank-${signal.name}`}><path d="M2 12q0-6 22-6t22 6v72q0 6-22 6t-22-6z" /></clipPath>
      <g clipPath={`url(#tank-${signal.name})`}>
        <rect width="48" height="98" fill="var(--raised)" />
        {!bad && <rect y={top} width="48" height={98 - top} fill="var(--fill)" />}
        {!bad && <path d={`M0 ${top}h48`} stroke="var(--ink-soft)" strokeWidth="1.500" />}
      </g>
      <path
        d="M2 12q0-6 22-6t22 6v72q0 6-22 6t-22-6z" fill="none" stroke={bad ? 'var(--bad)' : 'var(--line-strong)'}
        strokeWidth="1.500" strokeDasharray={bad ? '4 3' : undefined}
      />
      {[0, 0.25, 0.5, 0.75, 1].map((tick) => (
        <path key={tick} d={`M50 ${TANK_TOP + TANK_HEIGHT * (1 - tick)}h${tick % 0.5 === 0 ? 7 : 4}`} stroke="var(--line-strong)" />
      ))}
    </svg>
  );
}

function shareOf(value: SignalValue | undefined, { range }: Signal): number | null {
  if (typeof value !== 'number' || !range || range.max <= range.min) return null;
  return Math.min(1, Math.max(0, (value - range.min) / (range.max - range.min)));
}

/** Circle and triangle, the pump of ISO 14617; filled while it runs. */
function Pump({ asset }: { asset: Asset }) {
  const signal = asset.signals.find((each) => /running|speed|voltage|power|load/i.test(shortName(each))) ?? asset.signals[0];
  const latest = useLive(signal?.name ?? '');
  const runs = latest !== undefined && latest.status >>> 31 === 0 && (latest.value === true || Number(latest.value) > 0);
  return (
    <svg className="symbol" width="52" height="52" viewBox="0 0 52 52" aria-hidden="true" stroke="var(--line-strong)" strokeWidth="1.500">
      <circle cx="26" cy="26" r="21" fill={runs ? 'var(--fill-soft)' : 'var(--raised)'} />
      <path d="M17 8.500L46.500 26 17 43.500z" fill={runs ? 'var(--fill)' : 'none'} strokeLinejoin="round" />
    </svg>
  );
}

function Meter() {
  return (
    <svg className="symbol" width="46" height="52" viewBox="0 0 46 52" aria-hidden="true" stroke="var(--line-strong)" strokeWidth="1.500" fill="var(--raised)">
      <rect x="2" y="4" width="42" height="42" rx="3" />
      <path d="M2 17h42" />
      <path d="M25 22l-7 10h6l-2 9 8-11h-6z" fill="var(--fill)" strokeLinejoin="round" />
    </svg>
  );
}
