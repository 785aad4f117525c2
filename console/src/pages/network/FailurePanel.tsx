import type { FailedPart, Failure } from '../../api/network';
import { BadIcon, BusyIcon, CloseIcon, GoodIcon, StaleIcon, UncertainIcon } from '../../design/icons';
import { useT, type Translate } from '../../i18n';
import { useSay } from '../../i18n/network';
import { fateOf, summary } from '../../model/failures';
import { formatNanos } from '../../model/network';
import type { Failures } from './useFailures';

export function nameOf(t: Translate, { kind, nodes, and }: FailedPart): string {
  const name = `${t(kind === 'link' ? 'netLink' : kind === 'bridge' ? 'netSwitch' : 'netStation')} ${nodes.join(' – ')}`;
  return and ? t('netBoth', { one: name, other: nameOf(t, and) }) : name;
}

/** A failure as tests name it: the nodes of each part. */
function keyOf({ nodes, and }: FailedPart): string {
  return nodes.join('|') + (and ? `+${keyOf(and)}` : '');
}

interface PanelProps { failures: Failures; chosen: string | null; onStream: (name: string) => void; onClose: () => void }

/** What fails, and what becomes of the streams. */
export function FailurePanel({ failures: { parts, known, shown, problem }, chosen, onStream, onClose }: PanelProps) {
  const t = useT();
  const say = useSay();
  const part = shown === null ? undefined : parts[shown];
  const failure = shown === null ? undefined : known.get(shown);
  const title = part ? t('netFails', { thing: nameOf(t, part) }) : t('netFailures');
  return (
    <section className="panel side failure" aria-label={title} data-failure={part && keyOf(part)} data-known={failure ? true : undefined}>
      <header><h2>{title}</h2><button className="button icon plain" type="button" aria-label={t('netClose')} title={t('netClose')} onClick={onClose}><CloseIcon /></button></header>
      {problem && <p className="problem pad" role="alert">{typeof problem === 'string' ? problem : say(problem)}</p>}
      {!part && <p className="soft pad">{t('netFailuresHint')}</p>}
      {part && !failure && !problem && <p className="soft pad busy" role="status"><BusyIcon size={14} className="spin" />{t('netFailureLooking')}</p>}
      {failure && <Told failure={failure} chosen={chosen} onStream={onStream} />}
    </section>
  );
}

interface ToldProps { failure: Failure; chosen: string | null; onStream: (name: string) => void }

function Told({ failure, chosen, onStream }: ToldProps) {
  const t = useT();
  const say = useSay();
  const { untouched, covered, reduced, moved, lost, open, verified } = failure;
  const chip = (name: string) => <button key={name} className="button chip" type="button" aria-pressed={name === chosen} onClick={() => onStream(name)}>{name}</button>;
  return (
    <>
      <p className="pad verdict" role="status">
        {verified === false ? <BadIcon size={14} /> : lost.length + open.length > 0 ? <UncertainIcon size={14} /> : <GoodIcon size={14} />}
        <span>{verified === null ? t('netNobodyMoves') : t(verified ? 'netAlternative' : 'netAlternativeBad')}</span>
      </p>
      <dl className="facts">
        {moved.length > 0 && <><dt>{t('netMoves')}</dt><dd className="scroll"><Moved failure={failure} chosen={chosen} onStream={onStream} /></dd></>}
        {lost.length > 0 && <><dt>{t('netLost')}</dt><dd><ul>{lost.map(({ stream, proof }) => <li key={stream}>{chip(stream)} <span className="soft">{say(proof)}</span></li>)}</ul></dd></>}
        {open.length > 0 && <><dt>{t('netOpen')}</dt><dd><span className="chips">{open.map(chip)}</span></dd></>}
        {reduced.length > 0 && <><dt>{t('netReduced')}</dt><dd><ul>{reduced.map(({ stream, gone }) => <li key={stream}>{chip(stream)} <span className="soft">{t('netWithout', { nodes: gone.join(', ') })}</span></li>)}</ul></dd></>}
        {covered.length > 0 && <><dt>{t('netCovered')}</dt><dd><span className="chips">{covered.map(({ stream }) => chip(stream))}</span></dd></>}
        {untouched.length > 0 && <><dt>{t('netGoOn')}</dt><dd><span className="chips">{untouched.map(chip)}</span></dd></>}
      </dl>
      {failure.changes.length > 0 && <Devices failure={failure} />}
    </>
  );
}

function Moved({ failure: { moved }, chosen, onStream }: ToldProps) {
  const t = useT();
  return (
    <table className="table">
      <thead><tr><th>{t('netStream')}</th><th className="right">{t('netDelay')}</th><th className="right" title={t('netOutageHint')}>{t('netOutage')}</th><th className="right">{t('netFramesLost')}</th></tr></thead>
      <tbody>{moved.map(({ stream, before, delay, outage, framesLost, gone }) => (
        <tr key={stream} data-moved={stream}>
          <th scope="row"><button className="button chip" type="button" aria-pressed={stream === chosen} onClick={() => onStream(stream)}>{stream}</button>{gone.length > 0 && <span className="soft"> {t('netWithout', { nodes: gone.join(', ') })}</span>}</th>
          <td className="right num two"><span className="whole">{formatNanos(before)}</span> <span className="whole">→ {formatNanos(delay)}</span></td>
          <td className="right num" title={t('netOutageHint')}>≤ {formatNanos(outage)}</td><td className="right num">≤ {framesLost}</td>
        </tr>
      ))}</tbody>
    </table>
  );
}

function Devices({ failure: { changes } }: { failure: Failure }) {
  const t = useT();
  const both = (added: number, removed: number) => (added + removed === 0 ? '–' : `+${added} −${removed}`);
  return (
    <>
      <h3 className="caption">{t('netDevicesTitle')}</h3>
      <div className="scroll" role="region" tabIndex={0} aria-label={t('netDevicesTitle')}>
        <table className="table devices">
          <thead><tr><th>{t('netDevice')}</th><th className="right">{t('netLists')}</th><th className="right">{t('netWindows')}</th><th className="right">{t('netRoutes')}</th><th className="right">{t('netOffsets')}</th></tr></thead>
          <tbody>{changes.map((change) => (
            <tr key={change.node} data-device={change.node} className={change.needed ? '' : 'later'}>
              <th scope="row">{change.node}{!change.needed && <span className="soft"> · {t('netLater')}</span>}</th>
              <td className="right num">{change.lists || '–'}</td><td className="right num">{both(change.windowsAdded, change.windowsRemoved)}</td>
              <td className="right num">{both(change.routesAdded, change.routesRemoved)}</td><td className="right num">{change.talkers || '–'}</td>
            </tr>
          ))}</tbody>
        </table>
      </div>
    </>
  );
}

interface AllProps { failures: Failures; onShow: (part: FailedPart, number: number) => void }

/** All failures, as far as they have been looked at; progress, and a way to stop it. */
export function AllFailures({ failures: { parts, known, shown, running, start, stop }, onShow }: AllProps) {
  const t = useT();
  const { losing, moving, open, outage } = summary([...known.values()].filter(({ failed }) => !failed.and));
  const two = summary([...known.values()].filter(({ failed }) => failed.and));
  const alone = parts.filter(({ and }) => !and).length;
  const knownAlone = [...known.keys()].filter((number) => number < alone).length;
  const pairs = knownAlone === alone;
  const [count, value] = pairs ? [parts.length - alone, known.size - knownAlone] : [alone, knownAlone];
  const done = value === count;
  return (
    <section className="panel all" aria-label={t('netFailures')}>
      <header>
        <h2>{t('netFailures')}</h2>
        <span className="soft" role="status">{known.size > 0 && t('netFailuresSum', { count: knownAlone, losing, moving, open })}{outage > 0 && ` ${t('netFailuresOutage', { time: formatNanos(outage) })}`}{known.size > knownAlone && ` ${t('netPairsSum', { count: known.size - knownAlone, losing: two.losing, moving: two.moving, open: two.open })}`}</span>
        <span className="room" />
        {!done && (running || value > 0) && <progress max={count} value={value} aria-label={t('netFailuresDone', { done: value, count })} />}
        {running ? <><span className="num">{t('netFailuresDone', { done: value, count })}</span><button className="button" type="button" onClick={stop}>{t('netStop')}</button></>
          : !done && <button className="button" type="button" onClick={() => start(pairs)}>{t(pairs ? 'netPairsAll' : 'netFailuresAll', { count })}</button>}
      </header>
      {known.size > 0 && (
        <div className="scroll" role="region" tabIndex={0} aria-label={t('netFailures')}>
          <table className="table atlas">
            <thead><tr>
              <th>{t('netWhatFails')}</th><th className="right">{t('netGoOn')}</th><th className="right">{t('netCovered')}</th><th className="right">{t('netMoves')}</th>
              <th className="right">{t('netReduced')}</th><th className="right">{t('netLost')}</th><th className="right" title={t('netOutageHint')}>{t('netOutage')}</th><th className="right">{t('netDevices')}</th>
            </tr></thead>
            <tbody>{parts.flatMap((part, number) => {
              const failure = known.get(number);
              return failure ? [<Row key={number} failure={failure} chosen={shown === number} onShow={() => onShow(part, number)} />] : [];
            })}</tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Row({ failure, chosen, onShow }: { failure: Failure; chosen: boolean; onShow: () => void }) {
  const t = useT();
  const count = (number: number, bad = false) => <td className={`right num${bad && number > 0 ? ' few' : ''}`}>{number || '–'}</td>;
  return (
    <tr className={chosen ? 'chosen' : ''} data-atlas={keyOf(failure.failed)} onClick={onShow}>
      <th scope="row"><button type="button" className="name" aria-pressed={chosen} onClick={(event) => {
        event.stopPropagation();
        onShow();
      }}>{nameOf(t, failure.failed)}</button></th>
      {count(failure.untouched.length)}{count(failure.covered.length)}{count(failure.moved.length)}{count(failure.reduced.length, true)}{count(failure.lost.length + failure.open.length, true)}
      <td className="right num">{failure.outage === null ? '–' : `≤ ${formatNanos(failure.outage)}`}</td>{count(failure.changes.filter(({ needed }) => needed).length)}
    </tr>
  );
}

/** What becomes of one stream, in a few words. */
export function FateMark({ failure, stream, scheduled }: { failure: Failure; stream: string; scheduled: boolean }) {
  const t = useT();
  if (!scheduled) return <span className="quality stale" data-fate="unknown" title={t('netFateUnknownHint')}><StaleIcon size={14} /><span>{t('netFateUnknown')}</span></span>;
  const fate = fateOf(failure, stream);
  const moved = failure.moved.find((each) => each.stream === stream);
  if (fate === 'lost' || fate === 'open') return <span className="quality bad" data-fate={fate}><BadIcon size={14} /><span>{t(fate === 'lost' ? 'netLost' : 'netOpen')}</span></span>;
  if (moved) return <span className="quality" data-fate="moved"><UncertainIcon size={14} /><span>{t('netMovesTo', { delay: formatNanos(moved.delay), outage: formatNanos(moved.outage) })}</span></span>;
  if (fate === 'reduced') return <span className="quality" data-fate={fate}><UncertainIcon size={14} /><span>{t('netReduced')}</span></span>;
  return <span className="quality" data-fate={fate}><GoodIcon size={14} /><span>{t(fate === 'covered' ? 'netCovered' : 'netGoOn')}</span></span>;
}
