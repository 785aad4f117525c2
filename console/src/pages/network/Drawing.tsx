import { useEffect, useEffectEvent, useMemo, type CSSProperties, type KeyboardEvent, type PointerEvent } from 'react';
import type { Domain, Failure, Network, Plan, Stream } from '../../api/network';
import { useT } from '../../i18n';
import { takesLink, takesNode, wayAfter } from '../../model/failures';
import { membersOf } from '../../model/domains';
import { kindOf, kindsIn, markOf, type LinkKind } from '../../model/links';
import { conflictOf, formatQuantity, joins, linkKey } from '../../model/network';
import { calloutOf, labelIn, named } from '../../model/netLabels';
import { HULL, layout, MARK_HEIGHT, markWidth, textWidth, type Place } from '../../model/netLayout';
import { Finder } from './Finder';
import { useLinking } from './useLinking';
import { useWidth } from './useWidth';
import { useZoom, type Extent } from './useZoom';

/** What is chosen in the drawing or the lists: one of these, or nothing. */
export type Choice = { kind: 'node' | 'stream'; name: string } | { kind: 'link'; ends: readonly [string, string] } | null;

const LEAST_HEIGHT = 380;
const MOST_HEIGHT = 700;
/** Below that the drawing is looked at from afar: there are no figures at lines. */
const FAR = 0.65;
/** What is shown has so much around it. */
const AROUND = 24;

interface Props {
  network: Network;
  plan: Plan | null;
  failure: Failure | null;
  choice: Choice;
  onChoose: (choice: Choice) => void;
  onLink: (one: string, other: string) => void;
}

/** The network: a stream's way, what is in conflict and what has failed stand out, everything else is grey. */
export function Drawing({ network, plan, failure, choice, onChoose, onLink }: Props) {
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
  const overfull = fullWidth > width + 1 || height > MOST_HEIGHT;
  const inSight = overfull ? Math.min(1, width / fullWidth, MOST_HEIGHT / height) : 1;
  const zoom = useZoom(box, fullWidth, height, inSight);
  const scale = overfull ? zoom.scale : 1;
  const shown = choice?.kind === 'node' ? [choice.name] : choice?.kind === 'link' ? choice.ends : [...way.keys()].flatMap((port) => port.split('>'));
  const wanted = shown.join('|');
  const show = useEffectEvent(() => {
    const found = wanted.split('|').flatMap((name) => places.get(name) ?? []);
    // the way of a stream as near as it fits, what was pressed as near as it is
    if (overfull && found.length > 0) zoom.show(around(found), stream ? 1 : 0);
  });
  useEffect(() => show(), [wanted, places]);
  const find = (name: string) => {
    onChoose({ kind: 'node', name });
    zoom.show(around([places.get(name)!]), 1);
  };
  const [pull, grab] = useLinking(box, scale, (one, other) => one !== other && !network.links.some((link) => joins(link, one, other)), onLink);
  // from so far that no box has room for its name, as many are told beside them as can be read
  const told = useMemo(() => {
    const unnamed = [...places].filter(([name, place]) => labelIn(name, place, scale) === null);
    const ends = network.links.flatMap(({ between }) => between);
    return named(new Map(unnamed), new Map(unnamed.map(([name]) => [name, ends.filter((end) => end === name).length])), scale, fullWidth);
  }, [places, network, scale, fullWidth]);
  const onWay = (name: string) => chosenStream?.talker === name || (chosenStream?.listeners.includes(name) ?? false) || [...way.keys()].some((port) => port.split('>').includes(name));
  return (
    <>
      <div className={`canvas${overfull ? ' zoomed' : ''}`} ref={box} style={overfull ? { height: Math.max(LEAST_HEIGHT, height * inSight) } : undefined}>
        <svg className={`${scale < FAR ? 'far' : ''}${pull ? ' pulled' : ''}`} style={{ '--px': Math.max(1, 0.7 / scale) } as CSSProperties} width={fullWidth * scale} height={height * scale} viewBox={`0 0 ${fullWidth} ${height}`} role="group" aria-label={t('netDrawing')}>
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
            faded={stream !== null && !onWay(name)} scale={scale} target={pull?.to === name} onGrab={(event) => grab(name, event)} onChoose={() => onChoose({ kind: 'node', name })}
          />
        ))}
        {[...places].map(([name, place]) => (choice ? ends(choice, chosenStream).includes(name) : told.has(name)) && <Callout key={name} name={name} place={place} scale={scale} width={fullWidth} />)}
        {pull && <path className="pull" d={`M${places.get(pull.from)!.x} ${places.get(pull.from)!.y}L${pull.x} ${pull.y}`} />}
      </svg>
      </div>
      <div className="below">
        <Legend kinds={kindsIn(network)} />
        {overfull && <Finder names={[...places.keys()]} zoom={zoom} onFind={find} />}
      </div>
    </>
  );
}

/** The boxes with a little around them. */
function around(places: readonly Place[]): Extent {
  return {
    left: Math.min(...places.map(({ x, width }) => x - width / 2)) - AROUND, right: Math.max(...places.map(({ x, width }) => x + width / 2)) + AROUND,
    top: Math.min(...places.map(({ y, height }) => y - height / 2)) - AROUND, bottom: Math.max(...places.map(({ y, height }) => y + height / 2)) + AROUND,
  };
}

/** The nodes whose names are told however small they are drawn. */
function ends(choice: Choice, stream: Stream | undefined): readonly string[] {
  switch (choice?.kind) {
    case undefined: return [];
    case 'node': return [choice.name];
    case 'link': return choice.ends;
    case 'stream': return stream ? [stream.talker, ...stream.listeners] : [];
  }
}

/** The name of a node above its box, where it does not fit into it. */
function Callout({ name, place, scale, width }: { name: string; place: Place; scale: number; width: number }) {
  if (labelIn(name, place, scale)?.text === name) return null;
  const { x, y, size } = calloutOf(name, place, scale, width);
  return <text className="callout" aria-hidden="true" x={x} y={y} fontSize={size} textAnchor="middle">{name}</text>;
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

interface NodeProps {
  name: string;
  place: Place;
  gone: boolean;
  chosen: boolean;
  way: boolean;
  faded: boolean;
  scale: number;
  /** Whether a line that is pulled there would link it. */
  target: boolean;
  onGrab: (event: PointerEvent) => void;
  onChoose: () => void;
}

function Node({ name, place, gone, chosen, way, faded, scale, target, onGrab, onChoose }: NodeProps) {
  const t = useT();
  const { x, y, width, height, kind } = place;
  const written = labelIn(name, place, scale);
  const label = `${t(kind === 'switch' ? 'netSwitch' : 'netStation')} ${name}${gone ? `, ${t('netFailed')}` : ''}`;
  // who speaks to the page says what is written there
  const spoken = written && written.text !== name ? `${label}, ${written.text}` : label;
  const left = x - width / 2;
  const top = y - height / 2;
  return (
    <g
      className={`vertex ${kind}${chosen ? ' chosen' : ''}${way ? ' way' : ''}${faded ? ' faded' : ''}${gone ? ' gone' : ''}${target ? ' target' : ''}`} data-node={name} role="button" tabIndex={0}
      aria-label={spoken} aria-pressed={chosen} onPointerDown={onGrab} onClick={onChoose} onKeyDown={pressed(onChoose)}
    >
      <title>{label}</title>
      <rect x={left} y={top} width={width} height={height} rx={kind === 'switch' ? 6 : height / 2} />
      {written?.marked && <path className="mark" d={`M${left + 9} ${y - 4}h10l-3 -3M${left + 19} ${y + 4}h-10l3 3`} />}
      {written && <text x={written.marked ? x + 9 : x} y={y + written.size * 0.35} fontSize={written.size} textAnchor="middle">{written.text}</text>}
      {gone && <Cross x={left + width} y={top} />}
    </g>
  );
}
