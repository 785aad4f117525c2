import { useEffect, useMemo, useState } from 'react';
import { api, Problem } from '../../api/client';
import { useLive, usePlant, useSignals } from '../../api/hooks';
import type { Resolution } from '../../api/types';
import { hrefOf, useRoute } from '../../app/route';
import { BadIcon, SearchIcon } from '../../design/icons';
import { QualityMark } from '../../design/parts';
import { useT } from '../../i18n';
import { formatDuration, formatTime, formatValue, unitSign } from '../../model/format';
import { nearest, readIdentifier } from '../../model/identifier';
import { qrPath } from '../../model/qr';
import { qualityOf } from '../../model/quality';
import './identifiers.css';

type Answer = { of: string; found: Resolution } | { of: string; status: number; problem: string } | null;
const LISTED = 200;

export default function IdentifiersPage() {
  const t = useT();
  const { rest } = useRoute();
  const plant = usePlant();
  const [text, setText] = useState(rest);
  const [shown, setShown] = useState(rest);
  const [answer, setAnswer] = useState<Answer>(null);
  if (shown !== rest) {
    setShown(rest);
    setText(rest);
  }
  useEffect(() => {
    const read = readIdentifier(rest);
    if (!rest || 'wrong' in read) return undefined;
    let current = true;
    api.resolve(read.identifier).then(
      (found) => current && setAnswer({ of: rest, found }),
      (error: unknown) => current && setAnswer({
        of: rest, status: error instanceof Problem ? error.status : 0, problem: error instanceof Error ? error.message : String(error),
      }),
    );
    return () => {
      current = false;
    };
  }, [rest]);
  const listed = useMemo(() => {
    const wanted = text === rest ? '' : bare(text).toLowerCase();
    return (plant?.assets ?? []).filter((asset) => asset.identifier.toLowerCase().includes(wanted)).slice(0, LISTED);
  }, [plant, text, rest]);
  return (
    <div className="identifiers">
      <h1 className="hidden">{t('identifiers')}</h1>
      <aside className="no-print">
        <form className="ask" onSubmit={(event) => {
          event.preventDefault();
          const asked = bare(text);
          if (asked === rest) setText(rest);
          else if (asked) location.hash = hrefOf('identifiers', asked);
        }}>
          <input
            className="field" value={text} spellCheck={false} autoCapitalize="off" aria-label={t('enterIdentifier', { example: '' })}
            placeholder={plant?.assets[0]?.identifier ?? ''} onChange={(event) => setText(event.target.value)}
          />
          <button className="button primary" type="submit"><SearchIcon />{t('resolve')}</button>
        </form>
        <p className="intro">{t('resolveIntro')}</p>
        <h2 className="caption">{t('ofThisPlant')}</h2>
        <ul className="known" tabIndex={0} aria-label={t('ofThisPlant')}>
          {listed.map((asset) => (
            <li key={asset.name}>
              <a href={hrefOf('identifiers', asset.identifier)} aria-current={asset.identifier === rest ? 'true' : undefined}>
                <code>{asset.identifier}</code><small>{asset.type}</small>
              </a>
            </li>
          ))}
        </ul>
      </aside>
      <div className="answer" aria-live="polite">
        {rest && <Answered asked={rest} answer={answer?.of === rest ? answer : null} />}
        {!rest && <p className="center">{t('enterIdentifier', { example: plant?.assets[0]?.identifier ?? '' })}</p>}
      </div>
    </div>
  );
}

/** What stands for itself: an identifier out of its wrapping, or the text as it is. */
function bare(text: string): string {
  const read = readIdentifier(text);
  return 'identifier' in read ? read.identifier : text.trim();
}

function Answered({ asked, answer }: { asked: string; answer: Answer }) {
  const t = useT();
  const plant = usePlant();
  const read = readIdentifier(asked);
  const known = useMemo(() => (plant?.assets ?? []).map(({ identifier }) => identifier), [plant]);
  if ('wrong' in read) return <NotResolved asked={asked} why={t(read.wrong, { example: known[0] ?? '88.118.7/tank-1' })} known={known} />;
  if (!answer) return <p className="center">{t('loading')} …</p>;
  if ('found' in answer) return <Found found={answer.found} />;
  const prefix = read.identifier.slice(0, read.identifier.indexOf('/'));
  const own = plant?.prefix ?? '';
  const why = answer.status !== 404 || !own ? answer.problem : prefix.toLowerCase() === own.toLowerCase()
    ? t('notRegistered', { prefix: own, count: known.length }) : t('otherPrefix', { prefix, own });
  return <NotResolved asked={read.identifier} why={why} known={known} />;
}

function NotResolved({ asked, why, known }: { asked: string; why: string; known: readonly string[] }) {
  const t = useT();
  const meant = nearest(asked, known);
  return (
    <div className="panel failed" role="alert">
      <h2><BadIcon size={18} /> {t('notResolved', { identifier: asked.length > 120 ? `${asked.slice(0, 120)} …` : asked })}</h2>
      <p>{why}</p>
      {meant.length > 0 && (
        <p className="meant">{t('meant')} {meant.map((each) => <a key={each} href={hrefOf('identifiers', each)}><code>{each}</code></a>)}</p>
      )}
    </div>
  );
}

function Found({ found }: { found: Resolution }) {
  const t = useT();
  return (
    <>
      <div className="top">
        <section className="panel card no-print">
          <h2><code>{found.identifier}</code></h2>
          {found.asset ? <AssetCard asset={found.asset} /> : <p>{t('notAnAsset')}</p>}
          <dl className="facts">
            {found.responsible && <><dt>{t('responsible')}</dt><dd>{found.responsible.address} · {found.responsible.protocol}</dd></>}
            <dt>{t('resolvedIn')}</dt><dd>{found.resolvedInMillis.toFixed(1)} ms</dd>
          </dl>
        </section>
        <Label found={found} />
      </div>
      <section className="panel record no-print">
        <h2 className="caption">{t('record')}</h2>
        <div className="scroll" tabIndex={0} role="region" aria-label={t('record')}>
          <table className="table">
            <thead><tr>{(['index', 'type', 'data', 'ttl', 'changed'] as const).map((key) => <th key={key} scope="col">{t(key)}</th>)}</tr></thead>
            <tbody>
              {found.values.map((value) => (
                <tr key={value.index}>
                  <td className="num">{value.index}</td><td><code>{value.type}</code></td><td className="data"><code>{textOf(value.data)}</code></td>
                  <td className="num nowrap">{value.ttl === null ? '—' : formatDuration(value.ttl * 1000)}</td>
                  <td className="num nowrap">{value.timestamp ? formatTime(Date.parse(value.timestamp)).slice(0, 19) : '—'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </section>
    </>
  );
}

function textOf(data: unknown): string {
  // Binary records hold bytes that are no text.
  return typeof data === 'string' ? data.replace(/[\p{Cc}\ufffd]+/gu, '·') : JSON.stringify(data);
}

function AssetCard({ asset }: { asset: NonNullable<Resolution['asset']> }) {
  const t = useT();
  return (
    <>
      <dl className="facts">
        <dt>{t('asset')}</dt><dd><a href={hrefOf('plant', '', { q: asset.name })}>{asset.name}</a></dd>
        {asset.type && <><dt>{t('type')}</dt><dd>{asset.type}</dd></>}
        {asset.place && <><dt>{t('place')}</dt><dd>{asset.place.split('/').join(' › ')}</dd></>}
      </dl>
      <ul className="values">{asset.signals.map((signal) => <LiveLine key={signal.name} name={signal.name} unit={signal.unit} />)}</ul>
    </>
  );
}

function LiveLine({ name, unit }: { name: string; unit: string | null }) {
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

function Label({ found: { identifier, asset } }: { found: Resolution }) {
  const t = useT();
  const { path, size } = useMemo(() => qrPath(identifier), [identifier]);
  return (
    <section className="panel labelbox">
      <h2 className="caption no-print">{t('label')}</h2>
      <figure className="label">
        <svg viewBox={`-4 -4 ${size + 8} ${size + 8}`} role="img" aria-label={t('qrOf', { identifier })} shapeRendering="crispEdges">
          <path d={`M-4-4h${size + 8}v${size + 8}h-${size + 8}z`} fill="#fff" /><path d={path} fill="#000" />
        </svg>
        <figcaption><b>{identifier}</b><span>{asset?.type ?? ''}</span></figcaption>
      </figure>
      <button className="button no-print" type="button" onClick={() => window.print()}>{t('print')}</button>
    </section>
  );
}
