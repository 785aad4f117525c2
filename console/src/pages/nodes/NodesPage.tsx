import { useEffect, useMemo, useRef, useState } from 'react';
import type { KnownNode, NodeTree } from '../../api/identity';
import { useLink } from '../../api/hooks';
import { useTree } from '../../api/tree';
import { hrefOf } from '../../app/route';
import { BadIcon, GoodIcon, MemoryIcon, StaleIcon, UncertainIcon } from '../../design/icons';
import { Sparkline } from '../../design/parts';
import { useT } from '../../i18n';
import { formatBytes, formatCount } from '../../model/format';
import { formatMillis } from '../../model/journey';
import { edgesOf, lastOf, stateOf, tiersOf } from '../../model/nodes';
import { roleNames } from '../identifiers/JourneyPanel';
import './nodes.css';

export default function NodesPage() {
  const t = useT();
  const tree = useTree();
  const lost = useLink().state === 'lost';
  return (
    <div className={`nodes${lost ? ' is-stale' : ''}`}>
      <h1 className="hidden">{t('nodes')}</h1>
      {tree ? <Drawn tree={tree} lost={lost} /> : <p className="center" role="status">{t('loading')} …</p>}
    </div>
  );
}

function Drawn({ tree, lost }: { tree: NodeTree; lost: boolean }) {
  const t = useT();
  const box = useRef<HTMLDivElement>(null);
  const rows = tiersOf(tree.nodes);
  const total = tree.nodes.reduce((sum, node) => sum + (lastOf(node.rates) ?? 0), 0);
  const stopped = tree.nodes.filter(({ state }) => state === 'stopped').length;
  return (
    <>
      <div className="summary">
        <span>{t('nodesRunning', { running: tree.nodes.length - stopped, all: tree.nodes.length })}</span>
        <span className="num">{t('requestsAll', { rate: total.toFixed(1) })}</span>
        {tree.load && <span className="simulated">{t('simulatedLoad')}</span>}
      </div>
      <div className="tiers" ref={box}>
        <Edges tree={tree} box={box} />
        {rows.map(({ role, nodes }) => (
          <section key={role} className={`tier ${role}`} aria-label={t(roleNames[role])}>
            <h2 className="caption">{t(roleNames[role])}</h2>
            <ul>{nodes.map((node) => <NodeCard key={node.name} node={node} lost={lost} />)}</ul>
          </section>
        ))}
      </div>
    </>
  );
}

const stateIcons = { running: GoodIcon, stopped: BadIcon, behind: UncertainIcon, unknown: UncertainIcon };

function NodeCard({ node, lost }: { node: KnownNode; lost: boolean }) {
  const t = useT();
  const state = stateOf(node);
  const Icon = lost ? StaleIcon : stateIcons[state];
  const rate = lastOf(node.rates);
  const tone = lost ? 'stale' : state === 'stopped' ? 'bad' : state === 'running' ? '' : 'uncertain';
  const words = lost ? 'stale' : ({ running: 'nodeRunning', stopped: 'nodeStopped', behind: 'nodeBehind', unknown: 'nodeAlone' } as const)[state];
  const points = useMemo(() => node.rates.map((point) => point ?? Number.NaN), [node.rates]);
  return (
    <li className={`panel node ${tone}`} data-node={node.name}>
      <div className="node-head">
        <p><strong>{node.name}</strong><span className={`quality ${tone}`}><Icon size={14} /><span>{t(words)}</span></span></p>
        <p className="soft cut">{node.prefix && <><code>{node.prefix}</code> · </>}{node.address ?? '—'}</p>
      </div>
      <div className="pulse">
        <p className="figure num" data-rate={rate ?? ''}>{rate === null ? '—' : rate.toFixed(1)} <small>{t('requestsPerSecond')}</small></p>
        <Sparkline points={points} width={110} height={30} leastSpan={2} />
      </div>
      {node.cache ? <Cache node={node} /> : (
        <dl className="figures-row">
          <div><dt>{t('records')}</dt><dd className="num">{node.prefix && node.prefixes.length > 0
            ? <a href={hrefOf('records', `${node.prefixes[0]!}/`)}>{formatCount(node.records)}</a> : formatCount(node.records)}</dd></div>
          {node.replication ? null : <div><dt>{t('transaction')}</dt><dd className="num">{formatCount(node.transaction)}</dd></div>}
          <div><dt>{t('requests')}</dt><dd className="num">{formatCount(node.requests)}</dd></div>
        </dl>
      )}
      {node.replication && <Lag node={node} />}
    </li>
  );
}

function Cache({ node: { cache } }: { node: KnownNode }) {
  const t = useT();
  if (!cache) return null;
  const percent = cache.hitRate === null ? null : Math.round(cache.hitRate * 100);
  return (
    <>
      <div className="gauge" role="meter" aria-label={t('hitRate')} aria-valuemin={0} aria-valuemax={100} aria-valuenow={percent ?? 0}>
        <span><MemoryIcon size={13} /> {t('hitRate')}</span><b className="num" data-hits={percent ?? ''}>{percent === null ? '—' : `${percent}\u202f%`}</b>
        <i><i style={{ width: `${percent ?? 0}%` }} /></i>
      </div>
      <dl className="figures-row">
        <div><dt>{t('cacheAnswers')}</dt><dd className="num">{formatCount(cache.answers)}</dd></div>
        <div><dt>{t('cacheRefusals')}</dt><dd className="num">{formatCount(cache.refusals)}</dd></div>
        <div><dt>{t('cacheBytes')}</dt><dd className="num">{formatBytes(cache.bytes)}</dd></div>
        <div><dt>{t('cacheFetched')}</dt><dd className="num">{formatCount(cache.fetched)}</dd></div>
        <div><dt>{t('cacheStale')}</dt><dd className="num">{formatCount(cache.stale)}</dd></div>
        <div><dt>{t('cacheRefused')}</dt><dd className="num">{formatCount(cache.refused)}</dd></div>
      </dl>
    </>
  );
}

function Lag({ node: { replication } }: { node: KnownNode }) {
  const t = useT();
  const lags = useMemo(() => (replication?.lags ?? []).map((lag) => lag ?? Number.NaN), [replication]);
  if (!replication) return null;
  const { primary, position, primaryPosition, lagMillis } = replication;
  return (
    <div className="lag">
      <p><span className="soft">{t('follows', { name: primary })}</span> <Sparkline points={lags} width={80} height={20} leastSpan={100} /></p>
      <p className="num" data-lag={lagMillis ?? ''}>
        {primaryPosition === null ? t('primaryAway', { position: formatCount(position) })
          : t('lag', { behind: lagMillis === null ? '—' : formatMillis(lagMillis), position: formatCount(position), of: formatCount(primaryPosition) })}
      </p>
    </div>
  );
}

interface Line { key: string; d: string; kind: string }

/** Who delegates to whom, and who follows whom: drawn between the cards where they are. */
function Edges({ tree, box }: { tree: NodeTree; box: React.RefObject<HTMLDivElement | null> }) {
  const [lines, setLines] = useState<readonly Line[]>([]);
  const shape = edgesOf(tree).map(({ from, to, kind }) => `${from}\t${to}\t${kind}`).join('\n');
  useEffect(() => {
    const outer = box.current;
    if (!outer) return undefined;
    const measure = () => {
      const origin = outer.getBoundingClientRect();
      const at = (name: string) => outer.querySelector(`[data-node="${CSS.escape(name)}"]`)?.getBoundingClientRect();
      setLines(shape.split('\n').flatMap((edge) => {
        const [from = '', to = '', kind = ''] = edge.split('\t');
        const [a, b] = [at(from), at(to)];
        return a && b ? [{ key: edge, d: path(a, b, origin, kind !== 'delegates'), kind }] : [];
      }));
    };
    const observer = new ResizeObserver(measure);
    observer.observe(outer);
    for (const card of outer.querySelectorAll('[data-node]')) observer.observe(card);
    return () => observer.disconnect();
  }, [shape, box]);
  return <svg className="edges" aria-hidden="true">{lines.map(({ key, d, kind }) => <path key={key} d={d} className={kind} />)}</svg>;
}

function path(a: DOMRect, b: DOMRect, origin: DOMRect, sideways: boolean): string {
  const [ax, ay] = [a.left - origin.left, a.top - origin.top];
  const [bx, by] = [b.left - origin.left, b.top - origin.top];
  if (sideways) {
    return ax + a.width <= bx ? `M${ax + a.width} ${by + Math.min(a.height, b.height) / 2}H${bx}` : `M${ax + a.width / 2} ${ay + a.height}V${by}`;
  }
  const [fromX, fromY, toX] = [ax + a.width / 2, ay + a.height, bx + b.width / 2];
  const middle = (fromY + by) / 2;
  return `M${fromX} ${fromY}V${middle}H${toX}V${by}`;
}
