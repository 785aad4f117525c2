import { useMemo } from 'react';
import { useLive, usePlant, useSignals } from '../../api/hooks';
import type { Journey, RecordValue } from '../../api/identity';
import type { Asset, Signal } from '../../api/types';
import { hrefOf } from '../../app/route';
import { QualityMark } from '../../design/parts';
import { useT } from '../../i18n';
import { formatDuration, formatTime, formatValue, unitSign } from '../../model/format';
import { formatMillis } from '../../model/journey';
import { qrPath } from '../../model/qr';
import { qualityOf } from '../../model/quality';

/** What stands under an identifier: its asset where it names one here, its record, its label. */
export function Found({ journey }: { journey: Journey }) {
  const t = useT();
  const plant = usePlant();
  const asset = plant?.assets.find(({ identifier }) => identifier.toLowerCase() === journey.handle.toLowerCase());
  const by = journey.hops.findLast((hop) => hop.inside === null);
  return (
    <>
      <div className="top">
        <section className="panel card no-print">
          <h2><code>{journey.handle}</code></h2>
          {asset ? <AssetCard asset={asset} /> : plant && <p>{t('notAnAsset')}</p>}
          <dl className="facts">
            {by && <><dt>{t('responsible')}</dt><dd>{by.node} · {by.asked}</dd></>}
            <dt>{t('resolvedIn')}</dt><dd>{formatMillis(journey.milliseconds)}</dd>
          </dl>
          {!asset && <p><a href={hrefOf('records', journey.handle)}>{t('openRecord')}</a></p>}
        </section>
        <Label identifier={journey.handle} type={asset?.type ?? ''} />
      </div>
      <section className="panel record no-print">
        <h2 className="caption">{t('record')}</h2>
        <ValueTable values={journey.values} />
      </section>
    </>
  );
}

export function ValueTable({ values }: { values: readonly RecordValue[] }) {
  const t = useT();
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={t('record')}>
      <table className="table">
        <thead><tr>{(['index', 'type', 'data', 'readers', 'ttl', 'changed'] as const).map((key) => <th key={key} scope="col">{t(key)}</th>)}</tr></thead>
        <tbody>
          {values.map((value) => (
            <tr key={value.index}>
              <td className="num">{value.index}</td><td><code>{value.type}</code></td><td className="data"><Data value={value} /></td>
              <td className="nowrap"><Readers permissions={value.permissions} /></td>
              <td className="num nowrap">{value.ttlType === 0 ? formatDuration(value.ttl * 1000) : formatTime(value.ttl * 1000).slice(0, 19)}</td>
              <td className="num nowrap">{value.timestamp > 0 ? formatTime(value.timestamp * 1000).slice(0, 19) : '—'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function Readers({ permissions }: { permissions: number }) {
  const t = useT();
  return <>{t((permissions & 2) !== 0 ? 'anyoneReads' : (permissions & 8) !== 0 ? 'administratorsRead' : 'nobodyReads')}</>;
}

/** The data as people read it; a web address leads there. */
function Data({ value }: { value: RecordValue }) {
  return value.text !== null && /^https?:\/\/\S+$/.test(value.text)
    ? <a href={value.text} target="_blank" rel="noopener noreferrer"><code>{value.text}</code></a> : <code>{value.shown}</code>;
}

function AssetCard({ asset }: { asset: Asset }) {
  const t = useT();
  return (
    <>
      <dl className="facts">
        <dt>{t('asset')}</dt><dd><a href={hrefOf('plant', '', { q: asset.name })}>{asset.name}</a></dd>
        {asset.type && <><dt>{t('type')}</dt><dd>{asset.type}</dd></>}
        {asset.place && <><dt>{t('place')}</dt><dd>{asset.place.split('/').join(' › ')}</dd></>}
      </dl>
      <ul className="values">{asset.signals.map((signal) => <LiveLine key={signal.name} signal={signal} />)}</ul>
    </>
  );
}

function LiveLine({ signal: { name, unit } }: { signal: Signal }) {
  const latest = useLive(name);
  const known = useSignals().get(name)?.signal;
  return (
    <li>
      <a href={hrefOf('trends', '', { s: name })}>{name}</a>
      <b className="num" data-signal={name}>{formatValue(latest?.value, known)} <small>{unitSign(unit)}</small></b>
      <QualityMark quality={latest ? qualityOf(latest.status) : null} terse />
    </li>
  );
}

function Label({ identifier, type }: { identifier: string; type: string }) {
  const t = useT();
  const { path, size } = useMemo(() => qrPath(identifier), [identifier]);
  return (
    <section className="panel labelbox">
      <h2 className="caption no-print">{t('label')}</h2>
      <figure className="label">
        <svg viewBox={`-4 -4 ${size + 8} ${size + 8}`} role="img" aria-label={t('qrOf', { identifier })} shapeRendering="crispEdges">
          <path d={`M-4-4h${size + 8}v${size + 8}h-${size + 8}z`} fill="#fff" /><path d={path} fill="#000" />
        </svg>
        <figcaption><b>{identifier}</b><span>{type}</span></figcaption>
      </figure>
      <button className="button no-print" type="button" onClick={() => window.print()}>{t('print')}</button>
    </section>
  );
}
