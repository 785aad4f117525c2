import { useEffect, useRef } from 'react';
import type { Failure, Likely, Network, Plan, Stream, StreamPlan } from '../../api/network';
import { BadIcon, GoodIcon, StaleIcon, UncertainIcon } from '../../design/icons';
import { useT } from '../../i18n';
import { isKept, longestOf, percentOf } from '../../model/links';
import { conflictOf, formatNanos, formatQuantity } from '../../model/network';
import { FateMark } from './FailurePanel';

interface Props { network: Network; plan: Plan | null; failure: Failure | null; current: boolean; chosen: string | null; onChoose: (name: string) => void }

/** All streams, each with how much of its deadline its frames need. */
export function StreamList({ network, plan, failure, current, chosen, onChoose }: Props) {
  const t = useT();
  const row = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    row.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  const names = Object.keys(network.streams);
  const conflict = conflictOf(plan);
  const planned = new Map(plan?.streams.map((stream) => [stream.name, stream]) ?? []);
  if (names.length === 0) return <p className="soft pad">{t('netNoStreams')}</p>;
  return (
    <div className="scroll list">
      <table className="table streams">
        <thead><tr><th>{t('netStream')}</th><th>{t('netFromTo')}</th><th className="right">{t('netPeriod')}</th><th>{t('netDelay')}</th></tr></thead>
        <tbody>
          {names.map((name) => {
            const stream = network.streams[name]!;
            return (
              <tr key={name} ref={name === chosen ? row : undefined} className={name === chosen ? 'chosen' : ''} data-stream={name} onClick={() => onChoose(name)}>
                <th scope="row"><button type="button" className="name" aria-pressed={name === chosen} onClick={(event) => {
                  event.stopPropagation();
                  onChoose(name);
                }}>{name}</button>{stream.class === 'sporadic' && <span className="soft kind">{t('netSporadic')}</span>}<span className="soft route"><Way stream={stream} /></span></th>
                <td className="soft"><Way stream={stream} /></td>
                <td className="right num">{formatQuantity(stream.period)}</td>
                <td>{failure ? <FateMark failure={failure} stream={name} scheduled={planned.get(name)?.scheduled ?? false} /> : <DelayMark stream={planned.get(name)} bad={conflict.streams.has(name)} stale={!current} gates={plan?.result === 'scheduled'} without={plan?.missing.includes(name)} />}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** From whom to whom; a name is not divided. */
function Way({ stream: { talker, listeners } }: { stream: Stream }) {
  return <><span className="whole" title={talker}>{talker}</span> →{listeners.map((listener, i) => <span key={listener}> <span className="whole" title={listener}>{listener}{i + 1 < listeners.length ? ',' : ''}</span></span>)}</>;
}

/** `gates`: there is a schedule; `without`: none, and this stream was among those without a place. */
interface DelayProps { stream: StreamPlan | undefined; bad: boolean; stale: boolean; gates: boolean; without?: boolean }

/** What is known of a stream's delay: in the schedule, or its bound where it sends when it likes. */

export function DelayMark({ stream, bad, stale, gates, without = false }: DelayProps) {
  const t = useT();
  if (bad) return <span className={`quality ${stale ? 'stale' : 'bad'}`}><BadIcon size={14} /><span>{t('netInConflict')}</span></span>;
  if (!stream) return <span className="quality stale"><StaleIcon size={14} /><span>{t('netNotPlanned')}</span></span>;
  const likely = stream.scheduled ? null : stream.likely;
  const hint = stream.scheduled ? '' : [t(gates ? 'netBesideHint' : 'netBoundHint'), likely && likelyText(t, likely)].filter(Boolean).join('. ');
  const delay = stream.scheduled ? stream.delay : longestOf(stream, gates);
  if (delay === null) {
    const none = stream.scheduled ? gates || without ? 'netNoPlace' : 'netNoSchedule' : 'netBoundNone';
    return <span className="quality stale" title={hint}><StaleIcon size={14} /><span>{t(none)}</span></span>;
  }
  const late = stream.scheduled ? delay > stream.deadline : !isKept(stream, gates);
  const exact = `${delay} ns / ${stream.deadline} ns`;
  return (
    <span className={`delay${stale ? ' stale' : late ? ' late' : ''}`} data-delay={delay} title={hint ? `${exact}. ${hint}` : exact}>
      {stale ? <StaleIcon size={14} /> : late ? <UncertainIcon size={14} /> : <GoodIcon size={14} />}
      <span className="num">{stream.scheduled ? '' : '≤ '}{t('netOf', { delay: formatNanos(delay), deadline: formatNanos(stream.deadline) })}</span>
      {likely && <span className="num" data-probability={likely.probability}>{t(likely.enough ? 'netLikelyShort' : 'netUnlikelyShort', { percent: percentOf(likely.probability) })}</span>}
      <i className="part" aria-hidden="true"><b style={{ width: `${Math.min(1, delay / stream.deadline) * 100}%` }} /></i>
    </span>
  );
}

/** For which frames a bound over radio holds, and whether the loss that is tolerated covers the others. */
export function likelyText(t: ReturnType<typeof useT>, { probability, loss, enough }: Likely): string {
  const lost = Number((1 - probability).toPrecision(9));
  return t(enough ? 'netLikelyEnough' : 'netLikelyTooFew', { percent: percentOf(probability), loss: percentOf(loss), lost: String(lost) });
}
