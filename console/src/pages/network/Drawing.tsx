import { useEffect, useMemo, useState, type KeyboardEvent } from 'react';
import type { Domain, Failure, Network, Plan } from '../../api/network';
import { useT } from '../../i18n';
import { takesLink, takesNode, wayAfter } from '../../model/failures';
import { membersOf } from '../../model/domains';
import { kindOf, kindsIn, markOf, type LinkKind } from '../../model/links';
import { conflictOf, formatQuantity, linkKey } from '../../model/network';
import { HULL, layout, MARK_HEIGHT, markWidth, textWidth, type Place } from '../../model/netLayout';
import { useWidth } from './useWidth';

/** What is chosen in the drawing or the lists: one of these, or nothing. */
export type Choice = { kind: 'node' | 'stream'; name: string } | { kind: 'link'; ends: readonly [string, string] } | null;

const LEAST_HEIGHT = 380;
const MOST_HEIGHT = 700;

interface Props { network: Network; plan: Plan | null; failure: Failure | null; choice: Choice; onChoose: (choice: Choice) => void }

/** The network: a stream's way, what is in conflict and what has failed stand out, everything else is grey. */
export function Drawing({ network, plan, failure, choice, onChoose }: Props) {
  const t = useT();
  const [box, width] = useWidth(300);
  const { places, width: fullWidth, height } = useMemo(
    () => layout(network, width, Math.max(LEAST_HEIGHT, Math.min(520, width * 0.62))), [network, width],
  );
  const stream = choice?.kind === 'stream' ? choice.name : null;
  const way = useMemo(() => wayAfter(plan, failure, stream), [plan, failure, stream]);
  const conflict = useMemo(() => conflictOf(plan), [plan]);
  const loads = useMemo(() => new Map(failure ? [] : plan?.ports.map(({ from, to, load }) => [`${from}>${to}`, load]) ?? []), [plan, failure]);
  const boxes = useMemo(() => [...places.values()], [places]);
  const chosenStream = stream ? network.streams[stream] : undefined;
  const [whole, setWhole] = useState(false);
  const overfull = fullWidth > width + 1 || height > MOST_HEIGHT;
  const scale = whole && overfull ? Math.min(1, width / fullWidth) : 1;
  const shown = choice?.kind === 'node' ? [choice.name] : choice?.kind === 'link' ? choice.ends : [...way.keys()].flatMap((port) => port.split('>'));
  const wanted = shown.join('|');
  useEffect(() => {
    const found = wanted.split('|').flatMap((name) => places.get(name) ?? []);
    const canvas = box.current;
    if (!canvas || !overfull) return;
    const middle = (values: readonly number[], all: number) => (values.length === 0 ? all / 2 : (Math.min(...values) + Math.max(...values)) / 2) * scale;
    canvas.scrollTo({ left: middle(found.map(({ x }) => x), fullWidth) - canvas.clientWidth / 2, top: middle(found.map(({ y }) => y), height) - canvas.clientHeight / 2 });
  }, [wanted, places, fullWidth, height, scale, overfull, box]);
  const onWay = (name: string) => chosenStream?.talker === name || (chosenStream?.listeners.includes(name) ?? false) || [...way.keys()].some((port) => port.split('>').includes(name));
  return (
    <>
      <div className="canvas" ref={box}>
        <svg width={fullWidth * scale} height={height * scale} viewBox={`0 0 ${fullWidth} ${height}`} role="group" aria-label={t('netDrawing')}>
        <defs>
          <marker id="net-arrow" viewBox="0 0 10 10" refX="8" refY="5" markerWidth="5" markerHeight="5" orient="auto-start-reverse"><path d="M0 0L10 5L0 10z" /></marker>
        </defs>
        {membersOf(network).map(({ name, domain, nodes }, i) => (
          <Hull key={name} number={i} name={name} domain={domain} places={[...places].flatMap(([node, place]) => (nodes.has(node) ? [place] : []))} links={network.links.flatMap(({ between: [a, b] }) => (nodes.has(a) && nodes.has(b) ? [[places.get(a)!, places.get(b)!] as const] : []))} />
        ))}
        {network.links.map((link) => {
          const [a, b] = link.between;
          const [one, other] = [places.get(a), places.get(b)];
          if (!one || !other) return null;
          const state = {
            chosen: choice?.kind === 'link' && linkKey(...choice.ends) === linkKey(a, b),
            bad: conflict.links.has(linkKey(a, b)), gone: failure !== null && takesLink(failure.failed, a, b),
            forth: way.has(`${a}>${b}`), back: way.has(`${b}>${a}`), member: way.get(`${a}>${b}`) ?? way.get(`${b}>${a}`) ?? 0,
          };
          const load = Math.max(loads.get(`${a}>${b}`) ?? 0, loads.get(`${b}>${a}`) ?? 0);
          return <Line key={linkKey(a, b)} a={a} b={b} kind={kindOf(link)} one={one} other={other} boxes={boxes} load={load} {...state} onChoose={() => onChoose({ kind: 'link', ends: [a, b] })} />;
        })}
        {[...places].map(([name, place]) => (
          <Node
            key={name} name={name} place={place} gone={failure !== null && takesNode(failure.failed, name)} chosen={choice?.kind === 'node' && choice.name === name} way={onWay(name)}
            faded={stream !== null && !onWay(name)} onChoose={() => onChoose({ kind: 'node', name })}
          />
        ))}
      </svg>
      </div>
      <div className="below">
        <Legend kinds={kindsIn(network)} />
        {overfull && <button className="button plain" type="button" data-tool="whole" aria-pressed={whole} onClick={() => setWhole(!whole)}>{t('netWhole')}</button>}
      </div>
    </>
  );
}

interface HullProps { number: number; name: string; domain: Domain; places: readonly Place[]; links: readonly (readonly [Place, Place])[] }

/** A domain behind its nodes and the links between them: one shape with an edge, and its name above. */
function Hull({ number, name, domain, places, links }: HullProps) {
  const t = useT();
  const top = places.reduce<Place | null>((least, place) => (least && least.y - least.height / 2 <= place.y - place.height / 2 ? least : place), null);
  if (!top) return null;
  const kinds: Record<string, string> = { cell: t('netCell'), plant: t('netHall'), 'wide-area': t('netWideArea') };
  const label = [name, kinds[domain.kind] ?? domain.kind, domain.budget && `≤ ${formatQuantity(domain.budget)}`].filter(Boolean).join(' · ');
  const shape = (wider: number) => (
    <>
      <path d={links.map(([a, b]) => `M${a.x} ${a.y}L${b.x} ${b.y}`).join('')} strokeWidth={2 * (HULL + wider)} />
      {places.map(({ x, y, width, height }) => <rect key={`${x} ${y}`} x={x - width / 2 - HULL - wider} y={y - height / 2 - HULL - wider} width={width + 2 * (HULL + wider)} height={height + 2 * (HULL + wider)} rx={HULL + 8} />)}
    </>
  );
  return (
    <g className={`domain tint-${number % 3}`} data-domain={name}>
      <title>{`${t('netDomain')} ${label}`}</title>
      <g className="rim">{shape(1)}</g>
      <g className="fill">{shape(0)}</g>
      <text x={Math.max(top.x, textWidth(label) / 2 * 0.9 + 4)} y={Math.max(12, top.y - top.height / 2 - HULL - 5)} textAnchor="middle">{label}</text>
    </g>
  );
}

/** What the lines are; nothing where all are cables. */
function Legend({ kinds }: { kinds: readonly LinkKind[] }) {
  const t = useT();
  if (kinds.every((kind) => kind === 'cable')) return null;
  return (
    <ul className="legend" aria-label={t('netLegend')}>
      {kinds.map((kind) => (
        <li key={kind} data-kind={kind}>
          <svg width="44" height="18" aria-hidden="true"><g className={`edge kind-${kind}`}><Wire path="M1 9L43 9" kind={kind} /></g></svg>
          {kind === 'cable' ? t('netCable') : kind === 'pon' ? t('netPon') : markOf(kind)}
        </li>
      ))}
    </ul>
  );
}

function Wire({ path, kind, start, end }: { path: string; kind: LinkKind; start?: string | undefined; end?: string | undefined }) {
  return <><path className="wire" d={path} markerEnd={end} markerStart={start} />{kind === 'pon' && <path className="core" d={path} />}</>;
}

function pressed(act: () => void) {
  return (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    act();
  };
}

interface LineProps {
  a: string;
  b: string;
  kind: LinkKind;
  one: Place;
  other: Place;
  boxes: readonly Place[];
  load: number;
  chosen: boolean;
  bad: boolean;
  gone: boolean;
  forth: boolean;
  back: boolean;
  /** Which way of a redundant stream it is on; 0 for both, or one that has one way. */
  member: 0 | 1 | 2;
  onChoose: () => void;
}

function Line({ a, b, kind, one, other, boxes, load, chosen, bad, gone, forth, back, member, onChoose }: LineProps) {
  const t = useT();
  const [from, to] = [edgeOf(one, other), edgeOf(other, one)];
  const percent = load > 0 ? t('netLoad', { percent: (load * 100).toFixed(load < 0.1 ? 1 : 0) }) : '';
  const label = [`${t('netLink')} ${a} – ${b}`, markOf(kind), member ? t('netMember', { member }) : '', percent, bad ? t('netInConflict') : '', gone ? t('netFailed') : ''].filter(Boolean).join(', ');
  const path = `M${from.x} ${from.y}L${to.x} ${to.y}`;
  const mark = `${member ? `${t('netMember', { member })} · ` : ''}${(load * 100).toFixed(load < 0.1 ? 1 : 0)} %`;
  const at = percent && !gone && (chosen || bad || forth || back)
    ? [1, -1].map((side) => beside(from, to, mark, kind, side)).find((place) => !boxes.some((each) => covers(each, place, mark))) : undefined;
  return (
    <>
      <g
        className={`edge${chosen ? ' chosen' : ''}${bad ? ' bad' : ''}${gone ? ' gone' : ''}${forth || back ? ' way' : ''}${member === 2 ? ' second' : ''} kind-${kind}`} data-link={linkKey(a, b)} data-kind={kind} data-member={member || undefined} role="button" tabIndex={0}
        aria-label={label} aria-pressed={chosen} onClick={onChoose} onKeyDown={pressed(onChoose)}
      >
        <title>{label}</title>
        <path className="hit" d={path} />
        <Wire path={path} kind={kind} end={forth ? 'url(#net-arrow)' : undefined} start={back ? 'url(#net-arrow)' : undefined} />
        {gone && <Cross x={(from.x + to.x) / 2} y={(from.y + to.y) / 2} />}
      </g>
      <g className={`labels${chosen ? ' chosen' : ''}${bad ? ' bad' : ''}${forth || back ? ' way' : ''}`} data-mark={linkKey(a, b)} aria-hidden="true">
        {markOf(kind) && !gone && <Mark text={markOf(kind)} x={(from.x + to.x) / 2} y={(from.y + to.y) / 2} />}
        {at && <text {...at} textAnchor="middle">{mark}</text>}
      </g>
    </>
  );
}

/** The kind of a link, at its middle. */
function Mark({ text, x, y }: { text: string; x: number; y: number }) {
  const width = markWidth(text);
  return (
    <g className="mark" aria-hidden="true">
      <rect x={x - width / 2} y={y - MARK_HEIGHT / 2} width={width} height={MARK_HEIGHT} rx={MARK_HEIGHT / 2} />
      <text x={x} y={y + 4} textAnchor="middle">{text}</text>
    </g>
  );
}

function Cross({ x, y }: { x: number; y: number }) {
  return <path className="cross" d={`M${x - 6} ${y - 6}l12 12M${x + 6} ${y - 6}l-12 12`} />;
}

/** Whether a box is where a text would stand. */
function covers({ x, y, width, height }: Place, at: { x: number; y: number }, text: string): boolean {
  return Math.abs(x - at.x) < (width + textWidth(text)) / 2 && Math.abs(y - (at.y - 4)) < (height + 14) / 2;
}

/** Where the middle of a text stands beside the middle of a line: above it where that can be said, or on the other side. */
function beside(from: { x: number; y: number }, to: { x: number; y: number }, text: string, kind: LinkKind, side: number): { x: number; y: number } {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const far = Math.max(1, Math.hypot(dx, dy));
  const [nx, ny] = dx > 0 ? [dy / far, -dx / far] : [-dy / far, dx / far];
  const half = textWidth(text) / 2;
  const mark = markOf(kind);
  const [wide, tall] = mark ? [markWidth(mark) / 2, MARK_HEIGHT / 2] : [0, 0];
  return { x: Math.round((from.x + to.x) / 2 + side * nx * (half + wide + 6)), y: Math.round((from.y + to.y) / 2 + side * ny * (tall + 12) + 4) };
}

/** Where the line to another place leaves a box. */
function edgeOf(place: Place, towards: Place): { x: number; y: number } {
  const [dx, dy] = [towards.x - place.x, towards.y - place.y];
  const scale = Math.min(
    dx === 0 ? Infinity : (place.width / 2 + 3) / Math.abs(dx), dy === 0 ? Infinity : (place.height / 2 + 3) / Math.abs(dy), 0.5,
  );
  return { x: Math.round(place.x + dx * scale), y: Math.round(place.y + dy * scale) };
}

interface NodeProps { name: string; place: Place; gone: boolean; chosen: boolean; way: boolean; faded: boolean; onChoose: () => void }

function Node({ name, place: { x, y, width, height, kind }, gone, chosen, way, faded, onChoose }: NodeProps) {
  const t = useT();
  const label = `${t(kind === 'switch' ? 'netSwitch' : 'netStation')} ${name}${gone ? `, ${t('netFailed')}` : ''}`;
  const left = x - width / 2;
  const top = y - height / 2;
  return (
    <g
      className={`vertex ${kind}${chosen ? ' chosen' : ''}${way ? ' way' : ''}${faded ? ' faded' : ''}${gone ? ' gone' : ''}`} data-node={name} role="button" tabIndex={0}
      aria-label={label} aria-pressed={chosen} onClick={onChoose} onKeyDown={pressed(onChoose)}
    >
      <title>{label}</title>
      <rect x={left} y={top} width={width} height={height} rx={kind === 'switch' ? 6 : height / 2} />
      {kind === 'switch' && <path className="mark" d={`M${left + 9} ${y - 4}h10l-3 -3M${left + 19} ${y + 4}h-10l3 3`} />}
      <text x={kind === 'switch' ? x + 9 : x} y={y + 4.5} textAnchor="middle">{shortened(name)}</text>
      {gone && <Cross x={left + width} y={top} />}
    </g>
  );
}

/** A long name without its middle: what tells it from others is often at its end. */
function shortened(name: string): string {
  return name.length > 19 ? `${name.slice(0, 9)}…${name.slice(-8)}` : name;
}
