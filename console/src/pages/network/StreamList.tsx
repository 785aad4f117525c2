import type { Failure, Network, Plan, StreamPlan } from '../../api/network';
import { BadIcon, GoodIcon, StaleIcon } from '../../design/icons';
import { useT } from '../../i18n';
import { conflictOf, formatNanos } from '../../model/network';
import { FateMark } from './FailurePanel';

interface Props { network: Network; plan: Plan | null; failure: Failure | null; current: boolean; chosen: string | null; onChoose: (name: string) => void }

/** All streams, each with how much of its deadline its frames need. */
export function StreamList({ network, plan, failure, current, chosen, onChoose }: Props) {
  const t = useT();
  const names = Object.keys(network.streams);
  const conflict = conflictOf(plan);
  const planned = new Map(plan?.streams.map((stream) => [stream.name, stream]) ?? []);
  if (names.length === 0) return <p className="soft pad">{t('netNoStreams')}</p>;
  return (
    <div className="scroll">
      <table className="table streams">
        <thead><tr><th>{t('netStream')}</th><th>{t('netFromTo')}</th><th className="right">{t('netPeriod')}</th><th>{t('netDelay')}</th></tr></thead>
        <tbody>
          {names.map((name) => {
            const stream = network.streams[name]!;
            return (
              <tr key={name} className={name === chosen ? 'chosen' : ''} data-stream={name} onClick={() => onChoose(name)}>
                <th scope="row"><button type="button" className="name" aria-pressed={name === chosen} onClick={(event) => {
                  event.stopPropagation();
                  onChoose(name);
                }}>{name}</button><span className="soft route">{stream.talker} → {stream.listeners.join(', ')}</span></th>
                <td className="soft">{stream.talker} → {stream.listeners.join(', ')}</td>
                <td className="right num">{stream.period}</td>
                <td>{failure && planned.get(name)?.scheduled ? <FateMark failure={failure} stream={name} /> : <DelayMark stream={planned.get(name)} bad={conflict.streams.has(name)} stale={!current} gates={plan?.result === 'scheduled'} />}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

interface DelayProps { stream: StreamPlan | undefined; bad: boolean; stale: boolean; gates: boolean }

export function DelayMark({ stream, bad, stale, gates }: DelayProps) {
  const t = useT();
  if (bad) return <span className={`quality ${stale ? 'stale' : 'bad'}`}><BadIcon size={14} /><span>{t('netInConflict')}</span></span>;
  if (!stream) return <span className="quality stale"><StaleIcon size={14} /><span>{t('netNotPlanned')}</span></span>;
  if (!stream.scheduled) {
    const bound = gates ? stream.beside : stream.bound;
    const late = bound === null || bound > stream.deadline;
    return (
      <span className={`quality ${late ? 'uncertain' : ''}`} title={t(gates ? 'netBesideHint' : 'netBoundHint')}>
        <span>{t(gates ? 'netBeside' : 'netOnlyBounded')}: {bound === null ? t('netBoundNone') : `≤ ${t('netOf', { delay: formatNanos(bound), deadline: formatNanos(stream.deadline) })}`}</span>
      </span>
    );
  }
  if (stream.delay === null) return <span className="quality stale"><StaleIcon size={14} /><span>{t('netNoPlace')}</span></span>;
  const part = Math.min(1, stream.delay / stream.deadline);
  return (
    <span className={`delay${stale ? ' stale' : ''}`} data-delay={stream.delay} title={`${stream.delay} ns / ${stream.deadline} ns`}>
      {stale ? <StaleIcon size={14} /> : <GoodIcon size={14} />}
      <span className="num">{t('netOf', { delay: formatNanos(stream.delay), deadline: formatNanos(stream.deadline) })}</span>
      <i className="part" aria-hidden="true"><b style={{ width: `${part * 100}%` }} /></i>
    </span>
  );
}
