import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useLive, useNow, useStale, useWorst } from '../../api/hooks';
import { live } from '../../api/live';
import type { Signal } from '../../api/types';
import { hrefOf } from '../../app/route';
import { AssetIcon, BadIcon, PlaceIcon, RightIcon, TrendIcon, UncertainIcon, WriteIcon } from '../../design/icons';
import { QualityMark, Sparkline } from '../../design/parts';
import { useShown, useT } from '../../i18n';
import { formatAge, formatCount, unitSign } from '../../model/format';
import { shortName } from '../../model/places';
import { qualityOf } from '../../model/quality';
import type { TreeRow } from '../../model/tree';

const ROW = 32;
const MARGIN = 8;

interface TreeProps {
  rows: readonly TreeRow[];
  onTurn: (key: string) => void;
  onWrite: (signal: Signal) => void;
}

/** Only rows in view exist in the document, so that ten thousand signals scroll like ten. */
export function Tree({ rows, onTurn, onWrite }: TreeProps) {
  const t = useT();
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 600 });
  const [active, setActive] = useState(0);
  const moved = useRef(false);
  useLayoutEffect(() => {
    const element = box.current!;
    const measure = () => setView({ top: element.scrollTop, height: element.clientHeight });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener('scroll', measure, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', measure);
    };
  }, []);
  const at = Math.min(active, rows.length - 1);
  useEffect(() => {
    if (!moved.current) return;
    moved.current = false;
    const element = box.current!;
    const top = at * ROW;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + 2 * ROW > element.scrollTop + element.clientHeight) element.scrollTop = top + 2 * ROW - element.clientHeight;
    requestAnimationFrame(() => element.querySelector<HTMLElement>(`[data-row="${at}"]`)?.focus());
  }, [at]);

  const go = (next: number) => {
    moved.current = true;
    setActive(Math.max(0, Math.min(rows.length - 1, next)));
  };
  const onKey = (event: KeyboardEvent) => {
    if ((event.target as HTMLElement).getAttribute('role') !== 'row') return;
    const row = rows[at]!;
    const page = Math.floor(view.height / ROW) - 2;
    const steps: Record<string, number> = {
      ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + page, PageUp: at - page, Home: 0, End: rows.length - 1,
    };
    if (event.key in steps) go(steps[event.key]!);
    else if (row.kind !== 'signal' && (event.key === 'ArrowRight') !== row.open && /^Arrow(Left|Right)$/.test(event.key)) onTurn(row.key);
    else if (row.kind !== 'signal' && /^(Enter| )$/.test(event.key)) onTurn(row.key);
    else if (event.key === 'ArrowLeft') go(rows.findLastIndex((each, i) => i < at && each.depth < row.depth));
    else if (row.kind === 'signal' && event.key === 'Enter') location.hash = hrefOf('trends', '', { s: row.signal.name });
    else if (row.kind === 'signal' && event.key === 'w' && row.signal.writable) onWrite(row.signal);
    else return;
    event.preventDefault();
  };

  const first = Math.max(0, Math.floor(view.top / ROW) - MARGIN);
  const last = Math.min(rows.length, Math.ceil((view.top + view.height) / ROW) + MARGIN);
  const focusable = at >= first && at < last ? at : first;
  return (
    <>
      <div className="tree panel" ref={box} role="treegrid" aria-label={t('plant')} aria-rowcount={rows.length + 1} aria-colcount={6} onKeyDown={onKey}>
        <div className="head" role="row" aria-rowindex={1}>
          {(['name', 'value', 'quality', 'age', 'recent', 'source'] as const).map((key) => (
            <span key={key} role="columnheader" className={`c-${key}`}>{t(key)}</span>
          ))}
        </div>
        <div className="rows" role="rowgroup" style={{ height: rows.length * ROW }}>
          {rows.slice(first, last).map((row, i) => {
            const index = first + i;
            return (
              <div
                key={row.key} className={`line ${row.kind}`} role="row" data-row={index} tabIndex={index === focusable ? 0 : -1}
                aria-rowindex={index + 2} aria-level={row.depth + 1} aria-expanded={row.kind === 'signal' ? undefined : row.open}
                style={{ top: index * ROW }} onFocus={() => setActive(index)}
                onClick={row.kind === 'signal' ? undefined : () => onTurn(row.key)}
              >
                {row.kind === 'signal' ? <SignalCells row={row} onWrite={onWrite} /> : <GroupCells row={row} />}
              </div>
            );
          })}
        </div>
      </div>
      <p className="hint">{t('treeHint')}</p>
    </>
  );
}

function indent(depth: number): React.CSSProperties {
  return { '--depth': depth } as React.CSSProperties;
}

function GroupCells({ row }: { row: Exclude<TreeRow, { kind: 'signal' }> }) {
  const Icon = row.kind === 'place' ? PlaceIcon : AssetIcon;
  return (
    <>
      <span className="c-name" role="gridcell" style={indent(row.depth)}>
        <RightIcon size={14} className={row.open ? 'open' : ''} />
        <Icon />
        <b>{row.kind === 'place' ? row.name : row.asset.name}</b>
        {row.kind === 'asset' && row.asset.type && <small>{row.asset.type}</small>}
      </span>
      <span className="c-count num" role="gridcell">{formatCount(row.signals.length)}</span>
      <GroupQuality signals={row.signals} />
      {row.kind === 'asset' && (
        <span className="c-id" role="gridcell">
          <a href={hrefOf('identifiers', row.asset.identifier)} onClick={(event) => event.stopPropagation()}>{row.asset.identifier}</a>
        </span>
      )}
    </>
  );
}

/** What is beneath a closed row must be seen from outside. */
function GroupQuality({ signals }: { signals: readonly Signal[] }) {
  const t = useT();
  const stale = useStale();
  const { severity, count } = useWorst(signals);
  if (stale || severity === 'good') return <span className="c-quality" role="gridcell" />;
  const Icon = severity === 'bad' ? BadIcon : UncertainIcon;
  return (
    <span className="c-quality" role="gridcell">
      <span className={`quality ${severity}`}><Icon size={14} /><span>{formatCount(count)} {t(severity)}</span></span>
    </span>
  );
}

function SignalCells({ row: { signal, depth }, onWrite }: { row: Extract<TreeRow, { kind: 'signal' }>; onWrite: (signal: Signal) => void }) {
  const t = useT();
  const shown = useShown();
  const latest = useLive(signal.name);
  const now = useNow();
  const stale = useStale();
  const quality = latest ? qualityOf(latest.status) : null;
  const tone = stale ? 'stale' : (quality?.severity ?? 'stale');
  return (
    <>
      <span className="c-name" role="gridcell" style={indent(depth + 1)} title={signal.name}>{shortName(signal)}</span>
      <span className={`c-value num ${tone}`} role="gridcell" data-signal={signal.name}>
        {shown(latest?.value, signal)} <small>{unitSign(signal.unit)}</small>
      </span>
      <span className="c-quality" role="gridcell"><QualityMark quality={quality} /></span>
      <span className="c-age num" role="gridcell">{latest?.source ? formatAge(now - latest.source) : '—'}</span>
      <span className="c-recent" role="gridcell"><Sparkline points={live.trace(signal.name)} leastSpan={signal.range ? (signal.range.max - signal.range.min) / 40 : 0} /></span>
      <span className="c-source" role="gridcell" title={signal.from ?? signal.to ?? ''}>{signal.from ?? signal.to ?? ''}</span>
      <span className="c-do" role="gridcell">
        {signal.writable && (
          <button className="button icon plain" type="button" aria-label={t('writeTo', { name: signal.name })} title={t('write')} onClick={() => onWrite(signal)}>
            <WriteIcon />
          </button>
        )}
        <a className="button icon plain" href={hrefOf('trends', '', { s: signal.name })} aria-label={t('showTrend', { name: signal.name })} title={t('trend')}>
          <TrendIcon />
        </a>
      </span>
    </>
  );
}
