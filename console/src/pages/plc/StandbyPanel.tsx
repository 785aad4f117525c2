import { useState } from 'react';
import type { PlcStandby } from '../../api/plc';
import { useT } from '../../i18n';
import { useNodeSay } from '../../i18n/nodeSaid';
import { formatCount, formatTime } from '../../model/format';

const roles = { master: 'standbyMaster', standby: 'standbyStandby', waiting: 'standbyWaiting' } as const;
const kinds = {
  'take-over': 'standbyTakeOver', divergence: 'standbyDivergence', lost: 'standbyLost', problem: 'standbyProblem', late: 'standbyLate', note: 'standbyNote',
} as const;
/** So many events are listed before one has to ask for the others: those that somebody should know of. */
const FEW = 3;

/** The other PLC of two: who writes, who follows, how far, and what happened. */
export function StandbyPanel({ standby }: { standby: PlcStandby }) {
  const t = useT();
  const say = useNodeSay();
  const [all, setAll] = useState(false);
  const notable = standby.events.filter(({ kind }) => kind !== 'note');
  const shown = all ? standby.events : notable.slice(0, FEW);
  const said = standby.events.find(({ message }) => message === standby.problem);
  const partner = standby.partner || t('standbyNobody');
  return (
    <section className={`panel standby ${standby.agrees ? '' : 'bad'}`} aria-label={t('standby')} data-role={standby.role}>
      <header>
        <strong>{t(roles[standby.role], { partner })}</strong>
        <span className={standby.ready ? 'soft' : 'notable'}>{t(standby.ready ? 'standbyReady' : 'standbyNotReady')}</span>
        {standby.epoch > 0 && <span className="soft num">{t('standbyEpoch', { epoch: formatCount(standby.epoch) })}</span>}
        {standby.scan > 0 && (
          <span className="soft num">{t('standbyScan', { scan: formatCount(standby.scan), lag: formatCount(standby.lagScans) })}</span>
        )}
        <span className={standby.agrees ? 'soft' : 'notable'}>{t(standby.agrees ? 'standbyAgrees' : 'standbyDiffers')}</span>
        {standby.events.length > 0 && (
          <button className="button plain" type="button" aria-expanded={all} onClick={() => setAll(!all)}>
            {t(all ? 'standbyFewer' : 'standbyAll')}
          </button>
        )}
      </header>
      {standby.problem && <p className="problem" role="alert">{said ? say(said) : standby.problem}</p>}
      {shown.length > 0 && (
        <ul>{shown.map((event, i) => (
          <li key={i} data-event={event.kind}>
            <time className="num soft">{formatTime(event.epochMillis)}</time> <b>{t(kinds[event.kind])}</b> {say(event)}
          </li>
        ))}</ul>
      )}
    </section>
  );
}
