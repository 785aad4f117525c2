import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { Happening, Mark, MarkKind, MomentStore, Session } from '../../api/replay';
import { BadIcon, BusyIcon, ForceIcon, GoodIcon, LeftIcon, PauseIcon, PlcIcon, RightIcon, StaleIcon, SwitchIcon, UncertainIcon, WriteIcon } from '../../design/icons';
import { useT, type MessageKey, type Translate } from '../../i18n';
import { formatClock, formatTime } from '../../model/format';

const STRIDE = 100;
/** So many places of marks can be told apart. */
const PLACES = 400;
const LISTED = 200;

const kinds: Record<MarkKind, { icon: typeof BadIcon; name: MessageKey; weight: number }> = {
  fault: { icon: BadIcon, name: 'replayFault', weight: 7 },
  force: { icon: ForceIcon, name: 'replayForce', weight: 6 },
  release: { icon: ForceIcon, name: 'replayRelease', weight: 6 },
  'take-over': { icon: SwitchIcon, name: 'replayTakeOver', weight: 6 },
  program: { icon: PlcIcon, name: 'replayProgram', weight: 5 },
  write: { icon: WriteIcon, name: 'replayWrite', weight: 4 },
  gap: { icon: StaleIcon, name: 'replayGap', weight: 3 },
  mode: { icon: PauseIcon, name: 'replayMode', weight: 2 },
  overrun: { icon: UncertainIcon, name: 'replayOverrun', weight: 1 },
};

const modes: Readonly<Record<string, MessageKey>> = { running: 'plcRunning', stopped: 'plcStopped', paused: 'plcPaused', fault: 'plcFault' };

/** What happened, in the language of whoever reads it. The message of a fault is as the node says it. */
function said(t: Translate, { kind, text, subject, value }: Happening): string {
  switch (kind) {
    case 'fault': return value;
    case 'force': return t('replayForceSaid', { path: subject, value });
    case 'release': return t('replayReleaseSaid', { path: subject });
    case 'write': return t('replayWriteSaid', { path: subject, value });
    case 'mode': return modes[value] ? t(modes[value]) : value;
    case 'program': return t('replayProgramSaid');
    case 'take-over': return t('replayTakeOverSaid');
    case 'overrun': return t('replayOverrunSaid', { task: subject, count: value });
    case 'gap': return t('replayGapSaid', { first: subject, last: value });
    default: return text;
  }
}

interface Props { session: Session; store: MomentStore; tools: React.ReactNode }

/** All that is held, from left to right, with what happened in it, and the ways through it. */
export function Timeline({ session, store, tools }: Props) {
  const t = useT();
  const { run, marks } = session;
  const { moment, problem } = store;
  const [dragged, setDragged] = useState<number | null>(null);
  const [condition, setCondition] = useState('');
  const [searched, setSearched] = useState(false);
  const scan = dragged ?? moment?.scan ?? run.lastScan;
  const go = (target: number) => {
    setSearched(false);
    store.go({ scan: Math.min(run.lastScan, Math.max(run.firstScan, target)) });
  };
  const by = (steps: number) => {
    setSearched(false);
    store.go({ by: steps });
  };
  const toMark = (onwards: boolean) => {
    const found = onwards ? marks.find((mark) => mark.scan > scan) : marks.findLast((mark) => mark.scan < scan);
    if (found) go(found.scan);
  };
  const search = (onwards: boolean) => {
    if (!condition.trim()) return;
    setSearched(true);
    store.go(onwards ? { until: condition } : { last: condition });
  };
  const key = (event: KeyboardEvent) => {
    const many = event.shiftKey ? STRIDE : 1;
    if (event.key === 'ArrowLeft') by(-many);
    else if (event.key === 'ArrowRight') by(many);
    else if (event.key === 'PageUp') toMark(false);
    else if (event.key === 'PageDown') toMark(true);
    else if (event.key === 'Home') go(run.firstScan);
    else if (event.key === 'End') go(run.lastScan);
    else return;
    event.preventDefault();
  };
  const time = dragged === null ? moment?.epochMillis : run.fromEpochMillis + share(scan, session) * (run.toEpochMillis - run.fromEpochMillis);
  return (
    <section className="panel replay" onKeyDown={key}>
      <header>
        <span className="past"><StaleIcon size={16} /><span>{t('replayPast', { scan })}</span></span>
        <strong className="num" data-scan={moment?.scan}>{formatTime(time ?? run.toEpochMillis)}</strong>
        {moment && <Agreement agrees={moment.agrees} text={moment.differences[0] ?? ''} compared={moment.compared} />}
        {store.busy && <span className="soft"><BusyIcon size={14} /></span>}
        <span className="room" />
        {tools}
      </header>
      <div className="track">
        <Ticks session={session} onGo={go} />
        <input
          type="range" min={run.firstScan} max={run.lastScan} step={1} value={scan} aria-label={t('replaySlider')}
          aria-valuetext={formatTime(time ?? run.toEpochMillis)}
          onChange={(event) => {
            const target = Number(event.target.value);
            setDragged(target);
            go(target);
          }}
          onPointerUp={() => setDragged(null)} onBlur={() => setDragged(null)}
        />
        <div className="ends num soft"><span>{formatTime(run.fromEpochMillis)}</span><span>{formatTime(run.toEpochMillis)}</span></div>
      </div>
      <div className="ways">
        <div className="group" role="group" aria-label={t('replayScan')}>
          <Step label={t('replayMarkBack')} onClick={() => toMark(false)}><LeftIcon size={14} />!</Step>
          <Step label={t('replayBackMany', { count: STRIDE })} onClick={() => by(-STRIDE)}>{`\u2212${STRIDE}`}</Step>
          <Step label={t('replayBack')} onClick={() => by(-1)}><LeftIcon size={16} /></Step>
          <Step label={t('replayForward')} onClick={() => by(1)}><RightIcon size={16} /></Step>
          <Step label={t('replayForwardMany', { count: STRIDE })} onClick={() => by(STRIDE)}>{`+${STRIDE}`}</Step>
          <Step label={t('replayMarkForward')} onClick={() => toMark(true)}>!<RightIcon size={14} /></Step>
        </div>
        <form
          className="find" role="search" onKeyDown={(event) => event.stopPropagation()}
          onSubmit={(event) => {
            event.preventDefault();
            search(true);
          }}
        >
          <input
            className="field" value={condition} placeholder={t('replayFind')} aria-label={t('replayFind')} spellCheck={false}
            onChange={(event) => setCondition(event.target.value)}
          />
          <button className="button" type="button" onClick={() => search(false)}><LeftIcon size={14} />{t('replayFindBack')}</button>
          <button className="button" type="submit">{t('replayFindForward')}<RightIcon size={14} /></button>
        </form>
      </div>
      {problem && <p className="problem pad" role="alert">{problem}</p>}
      {searched && moment && !moment.found && !store.busy && !problem && <p className="pad" role="status">{t('replayNotFound', { scan: moment.scan })}</p>}
      {moment && moment.news.length > 0 && <ul className="news" role="status">{moment.news.map((what, i) => <li key={i}>{said(t, what)}</li>)}</ul>}
      <p className="soft pad small hint">{t('replayKeys', { count: STRIDE })}</p>
      <Events marks={marks} scan={scan} onGo={go} more={session.markedTo < run.lastScan ? session.markedTo : null} />
    </section>
  );
}

function share(scan: number, { run }: Session): number {
  return run.lastScan === run.firstScan ? 1 : (scan - run.firstScan) / (run.lastScan - run.firstScan);
}

function Step({ label, onClick, children }: { label: string; onClick: () => void; children: React.ReactNode }) {
  return <button className="button" type="button" title={label} aria-label={label} onClick={onClick}>{children}</button>;
}

function Agreement({ agrees, text, compared }: { agrees: boolean; text: string; compared: number }) {
  const t = useT();
  return agrees
    ? <span className="quality" title={t('replayAgreesText', { count: compared })}><GoodIcon size={14} /><span>{t('replayAgrees')}</span></span>
    : <span className="quality bad wrap" role="alert"><BadIcon size={14} /><span>{t('replayDiffers', { text })}</span></span>;
}

/** Where something happened; of several at one place the weightiest is seen. */
function Ticks({ session, onGo }: { session: Session; onGo: (scan: number) => void }) {
  const t = useT();
  const places = new Map<number, Mark>();
  for (const mark of session.marks) {
    const place = Math.round(share(mark.scan, session) * PLACES);
    const there = places.get(place);
    if (!there || kinds[there.kind].weight < kinds[mark.kind].weight) places.set(place, mark);
  }
  return (
    <div className="ticks" aria-hidden="true">
      {[...places].map(([place, mark]) => (
        <button
          key={place} type="button" tabIndex={-1} className={`tick ${mark.kind}`} style={{ left: `${(place / PLACES) * 100}%` }}
          title={`${formatClock(mark.epochMillis)} ${said(t, mark)}`} onClick={() => onGo(mark.scan)}
        />
      ))}
    </div>
  );
}

function Events({ marks, scan, onGo, more }: { marks: readonly Mark[]; scan: number; onGo: (scan: number) => void; more: number | null }) {
  const t = useT();
  const box = useRef<HTMLOListElement>(null);
  const past = marks.filter((mark) => mark.scan <= scan).length;
  const from = Math.max(0, Math.min(past - LISTED / 2, marks.length - LISTED));
  const shown = marks.slice(from, from + LISTED);
  const current = past - 1 - from;
  useEffect(() => {
    const item = box.current?.children[current] as HTMLElement | undefined;
    if (item && box.current) box.current.scrollTop = item.offsetTop - box.current.clientHeight / 2;
  }, [current]);
  return (
    <div className="events">
      <h2>{t('replayEvents')}</h2>
      {marks.length === 0 && <p className="soft">{t('replayNoEvents')}</p>}
      <ol ref={box}>
        {shown.map((mark, i) => {
          const { icon: Icon, name } = kinds[mark.kind];
          return (
            <li key={from + i} className={mark.kind} aria-current={i === current ? 'true' : undefined}>
              <button type="button" onClick={() => onGo(mark.scan)}>
                <span className="num">{formatClock(mark.epochMillis)}</span>
                <span className="kind"><Icon size={14} />{t(name)}</span>
                <span className="what">{said(t, mark)}</span>
                <span className="num soft">{mark.scan}</span>
              </button>
            </li>
          );
        })}
      </ol>
      {more !== null && <p className="soft small">{t('replayMore', { scan: more })}</p>}
    </div>
  );
}
