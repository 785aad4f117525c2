import { Fragment, useState } from 'react';
import type { Network, Plan, Stream, StreamClass } from '../../api/network';
import { CloseIcon } from '../../design/icons';
import { useT } from '../../i18n';
import { conflictOf, formatNanos, without } from '../../model/network';
import { DelayMark, likelyText } from './StreamList';

interface Props {
  name: string;
  network: Network;
  plan: Plan | null;
  current: boolean;
  onChange: (network: Network, andPlan?: boolean) => void;
  onClose: () => void;
}

/** A stream: what is asked of it, to be changed, and its first frame hop by hop. */
export function StreamPanel({ name, network, plan, current, onChange, onClose }: Props) {
  const t = useT();
  const planned = plan?.streams.find((stream) => stream.name === name);
  return (
    <section className="panel side" aria-label={`${t('netStream')} ${name}`} data-panel={name}>
      <header><h2>{t('netStream')} {name}</h2><button className="button icon plain" type="button" aria-label={t('netClose')} title={t('netClose')} onClick={onClose}><CloseIcon /></button></header>
      <StreamForm
        key={JSON.stringify(network.streams[name])} stream={network.streams[name]!} stations={Object.keys(network.stations)}
        onSave={(stream, andPlan) => onChange({ ...network, streams: { ...network.streams, [name]: stream } }, andPlan)}
        onDelete={() => {
          onChange({ ...network, streams: without(network.streams, name) });
          onClose();
        }}
      />
      {planned && <Hops plan={plan!} name={name} current={current} />}
    </section>
  );
}

interface FormProps { stream: Stream; stations: readonly string[]; onSave: (stream: Stream, andPlan: boolean) => void; onDelete: () => void }

function StreamForm({ stream, stations, onSave, onDelete }: FormProps) {
  const t = useT();
  const [draft, setDraft] = useState(stream);
  const save = (next: Stream) => {
    if (JSON.stringify(next) !== JSON.stringify(stream)) onSave(next, false);
  };
  const text = (key: 'size' | 'period' | 'deadline' | 'jitter' | 'loss', label: string) => (
    <label><span>{label}</span>
      <input
        className="field num" value={draft[key] ?? ''} spellCheck={false} name={key} placeholder={key === 'jitter' ? t('netAnyJitter') : undefined}
        onChange={(event) => setDraft({ ...draft, [key]: event.target.value || undefined } as Stream)} onBlur={() => save(draft)}
      />
    </label>
  );
  const choose = (next: Stream) => {
    setDraft(next);
    save(next);
  };
  return (
    <form
      className="form" onSubmit={(event) => {
        event.preventDefault();
        onSave(draft, true);
      }}
    >
      {text('size', t('netSize'))}{text('period', t('netPeriod'))}{text('deadline', t('netDeadline'))}{text('jitter', t('netJitter'))}
      <label><span>{t('netTalker')}</span>
        <select className="field" value={draft.talker} onChange={(event) => choose({ ...draft, talker: event.target.value })}>
          {stations.map((station) => <option key={station}>{station}</option>)}
        </select>
      </label>
      <label><span>{t('netClass')}</span>
        <select className="field" value={draft.class ?? 'scheduled'} onChange={(event) => choose({ ...draft, class: event.target.value as StreamClass })}>
          <option value="scheduled">{t('netScheduled')}</option><option value="sporadic">{t('netSporadic')}</option>
        </select>
      </label>
      {(draft.class === 'sporadic' || draft.loss !== undefined) && text('loss', t('netLoss'))}
      <label><span>{t('netRedundancy')}</span>
        <select
          className="field" name="redundancy" value={draft.redundancy ?? 1}
          onChange={(event) => choose({ ...draft, redundancy: event.target.value === '2' ? 2 : 1 })}
        >
          <option value={1}>{t('netOneWay')}</option><option value={2}>{t('netTwoWays')}</option>
        </select>
      </label>
      <fieldset>
        <legend>{t('netListeners')}</legend>
        {stations.filter((station) => station !== draft.talker).map((station) => (
          <label key={station}>
            <input
              type="checkbox" checked={draft.listeners.includes(station)} disabled={draft.listeners.length === 1 && draft.listeners[0] === station}
              onChange={(event) => choose({
                ...draft, listeners: event.target.checked ? [...draft.listeners, station] : draft.listeners.filter((listener) => listener !== station),
              })}
            />{station}
          </label>
        ))}
      </fieldset>
      <div className="actions">
        <button className="button primary" type="submit" onMouseDown={(event) => event.preventDefault()}>{t('netPlan')}</button>
        <button className="button" type="button" onClick={onDelete}>{t('netDelete')}</button>
      </div>
    </form>
  );
}

function Hops({ plan, name, current }: { plan: Plan; name: string; current: boolean }) {
  const t = useT();
  const planned = plan.streams.find((stream) => stream.name === name)!;
  const timed = planned.delay !== null;
  const base = planned.hops[0]?.start ?? 0;
  const members = [...new Set(planned.hops.map(({ member }) => member))].sort();
  const arrived = (member: number) => {
    const last = Math.max(...planned.hops.filter((hop) => hop.member === member).map(({ arrival }) => arrival ?? 0));
    return t('netArrivesAfter', { time: formatNanos(last - base) });
  };
  const time = (nanos: number | null) => (nanos === null ? '–' : <span title={`${nanos} ns`}>{formatNanos(nanos - base)}</span>);
  return (
    <>
      <dl className="facts">
        <dt>{t('netDelay')}</dt><dd><DelayMark stream={planned} bad={conflictOf(plan).streams.has(name)} stale={!current} gates={plan.result === 'scheduled'} /></dd>
        {plan.result !== 'bounded' && <><dt title={t('netBoundHint')}>{t('netBound')}</dt><dd className="num" title={t('netBoundHint')}>{planned.bound === null ? t('netBoundNone') : `≤ ${formatNanos(planned.bound)}`}</dd></>}
        {planned.likely && <><dt title={t('netLikelyHint')}>{t('netLikely')}</dt><dd className={planned.likely.enough ? '' : 'few'} data-likely={planned.likely.enough} title={t('netLikelyHint')}>{likelyText(t, planned.likely)}</dd></>}
        {planned.shares.map(({ domain, delay, budget, holds }) => (
          <Fragment key={domain}><dt title={t('netShareHint')}>{t('netShare', { domain })}</dt><dd className={`num${holds ? '' : ' few'}`} data-share={domain} title={t('netShareHint')}>≤ {budget === null ? formatNanos(delay) : t('netShareOf', { delay: formatNanos(delay), budget: formatNanos(budget) })}{!holds && t('netShareOver')}</dd></Fragment>
        ))}
      </dl>
      <h3 className="caption">{t(timed ? 'netHops' : 'netHopsUntimed')}</h3>
      {!timed && <p className="soft pad small">{t(planned.scheduled ? 'netNoTimes' : 'netNoTimesSporadic')}</p>}
      <div className="scroll" role="region" tabIndex={0} aria-label={t('netHops')}>
        <table className="table hops">
          <thead><tr>
            <th>{t('netHop')}</th>
            {timed && <><th className="right">{t('netQueue')}</th><th className="right">{t('netStart')}</th><th className="right">{t('netEnd')}</th><th className="right">{t('netArrival')}</th></>}
          </tr></thead>
          {members.map((member) => (
            <tbody key={member} data-member={member || undefined}>
              {member > 0 && <tr className="member"><th scope="rowgroup" colSpan={5}>{t('netWay', { member })} <span className="soft">{arrived(member)}</span></th></tr>}
              {planned.hops.filter((hop) => hop.member === member).map((hop) => (
                <tr key={`${hop.from}>${hop.to}`} data-hop={`${hop.from}>${hop.to}`}>
                  <td>{hop.from} → {hop.to}</td>
                  {timed && <><td className="right num">{hop.queue ?? '–'}</td><td className="right num">{time(hop.start)}</td><td className="right num">{time(hop.end)}</td><td className="right num">{time(hop.arrival)}</td></>}
                </tr>
              ))}
            </tbody>
          ))}
        </table>
      </div>
    </>
  );
}
