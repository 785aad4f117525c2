import { useEffect, useMemo, useState, type CSSProperties } from 'react';
import type { Hop, Journey, Role } from '../../api/identity';
import { BadIcon, ForwardIcon, GoodIcon, MemoryIcon, PersonIcon, UncertainIcon } from '../../design/icons';
import { useT, type MessageKey } from '../../i18n';
import { formatAge } from '../../model/format';
import { draw, formatMillis, toneOf, type Drawing, type Place } from '../../model/journey';

export const roleNames: Record<Role, MessageKey> = {
  root: 'roleRoot', national: 'roleNational', 'second-level': 'roleSecond', enterprise: 'roleEnterprise', recursive: 'roleRecursive',
};
const toneIcons = { answer: GoodIcon, onward: ForwardIcon, absent: UncertainIcon, failure: BadIcon };
/** The drawing takes about so long, whatever the journey took. */
const SHOW_SECONDS = 1.1;

/** The width an element has, as it changes. */
function useWidth(): [(element: HTMLElement | null) => void, number] {
  const [element, setElement] = useState<HTMLElement | null>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (!element) return undefined;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, [element]);
  return [setElement, width];
}

/** Every question on the way to a record, in the order of time, by tier; and when each was asked and answered. */
export function JourneyPanel({ journey }: { journey: Journey }) {
  const t = useT();
  const [measure, width] = useWidth();
  const drawing = useMemo(() => draw(journey.hops, width, journey.milliseconds), [journey, width]);
  const asked = journey.hops.filter((hop) => hop.inside === null).length;
  const inner = journey.hops.length - asked;
  return (
    <section className="panel journey" aria-labelledby="journey-title">
      <div className="journey-head">
        <h2 id="journey-title" className="caption">{t('journey')}</h2>
        <span className="num" data-total={journey.milliseconds}>
          {t(asked === 1 ? 'journeyFigure' : 'journeyFigures', { hops: asked, time: formatMillis(journey.milliseconds) })}{inner > 0 && ` ${t('journeyInner', { count: inner })}`}
        </span>
      </div>
      <div className={`drawing${drawing.narrow ? ' narrow' : ''}`} ref={measure} style={{ height: drawing.height, '--track': `${drawing.track}px` } as CSSProperties}>
        {width > 0 && <Wires drawing={drawing} width={width} key={`${journey.handle} ${journey.milliseconds}`} />}
        <p className="asker"><PersonIcon size={14} />{t('asker')}</p>
        {!drawing.narrow && <Scale millis={drawing.totalMillis} />}
        <ol>{width > 0 && drawing.places.map((place) => <Row key={place.hop.hop} place={place} drawing={drawing} />)}</ol>
      </div>
    </section>
  );
}

function Scale({ millis }: { millis: number }) {
  return (
    <p className="scale num" aria-hidden="true"><span>0</span><span>{formatMillis(millis / 2)}</span><span>{formatMillis(millis)}</span></p>
  );
}

const delay = (place: Place) => ({ '--delay': `${(place.from * SHOW_SECONDS).toFixed(3)}s` }) as CSSProperties;

function Wires({ drawing, width }: { drawing: Drawing; width: number }) {
  const spines = new Map<string, { x: number; top: number; bottom: number }>();
  for (const { hop, spine, y } of drawing.places) {
    const key = `${hop.inside ?? ''}`;
    const asker = drawing.places.find((place) => place.hop.hop === hop.inside);
    const known = spines.get(key) ?? { x: spine, top: asker ? asker.y + drawing.row / 2 - 6 : drawing.head - 12, bottom: y };
    spines.set(key, { ...known, bottom: y });
  }
  return (
    <svg className="wires" width={width} height={drawing.height} aria-hidden="true">
      {[...spines].map(([key, { x, top, bottom }]) => <path key={key} className="spine" d={`M${x} ${top}V${bottom}`} />)}
      {drawing.places.map((place) => <Wire key={place.hop.hop} place={place} />)}
    </svg>
  );
}

function Wire({ place }: { place: Place }) {
  const { hop, spine, x, y } = place;
  const end = x - 3;
  return (
    <g className={`wire ${toneOf(hop.outcome)}`} style={delay(place)}>
      <path className="there" pathLength="1" d={`M${spine + 10} ${y - 4}H${end}`} />
      <path className="tip" d={`M${end - 6} ${y - 8}l6 4l-6 4`} />
      <path className="back" d={`M${end} ${y + 4}H${spine + 10}`} />
      <path className="tip" d={`M${spine + 16} ${y}l-6 4l6 4`} />
      <text x={(spine + 10 + end) / 2} y={y - 10} textAnchor="middle">{formatMillis(hop.milliseconds)}</text>
      <circle cx={spine} cy={y} r="9" />
      <text className="number" x={spine} y={y + 4} textAnchor="middle">{hop.hop}</text>
    </g>
  );
}

function Row({ place, drawing }: { place: Place; drawing: Drawing }) {
  const t = useT();
  const { hop } = place;
  const tone = toneOf(hop.outcome);
  const Icon = toneIcons[tone];
  return (
    <li
      className={`hop ${tone}`} data-hop={hop.hop} data-asked={hop.asked} data-what={hop.what} data-answer={hop.answer}
      style={{ top: place.y - drawing.row / 2, height: drawing.row, left: place.x, ...delay(place) }}
    >
      <div className="box">
        <p className="who"><strong>{hop.node ?? t('unknownNode')}</strong>{hop.role && hop.role !== hop.node && <span>{t(roleNames[hop.role])}</span>}</p>
        <p className="soft cut"><code title={hop.asked}>{hop.what}</code></p>
      </div>
      <div className="said">
        <p className="what"><Icon size={14} /><span>{hop.answer}{hop.responseCode !== null && <small> ({hop.responseCode})</small>}</span></p>
        <Memory hop={hop} />
        <p className="soft cut door">{hop.asked}</p>
      </div>
      <div className="track" title={`${formatMillis(hop.startMillis)} + ${formatMillis(hop.milliseconds)}`}>
        <i style={{ left: `${place.from * 100}%`, width: `max(2px, ${place.share * 100}%)` }} />
      </div>
    </li>
  );
}

function Memory({ hop }: { hop: Hop }) {
  const t = useT();
  if (!hop.memory) return null;
  const age = hop.ageSeconds === null ? '' : formatAge(hop.ageSeconds * 1000);
  const text = hop.memory === 'fresh' ? t('fromMemory', { age }) : hop.memory === 'stale' ? t('fromOldMemory', { age }) : t('refusalKept');
  return <p className={`memory ${hop.memory}`}><MemoryIcon size={13} />{text}</p>;
}
