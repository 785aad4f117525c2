import type { Plan, Repair } from '../../api/network';
import { BadIcon, BusyIcon, GoodIcon, StaleIcon, UncertainIcon } from '../../design/icons';
import { useT } from '../../i18n';
import { useSay } from '../../i18n/network';
import { formatCount } from '../../model/format';
import { isKept } from '../../model/links';
import { formatNanos } from '../../model/network';
import type { Choice } from './Drawing';
import type { Draft } from './useDraft';

/** What is known of the drawing: proved, impossible, not found, or not planned. */
export function Verdict({ draft: { plan, current, busy, problem }, children }: { draft: Draft; children: React.ReactNode }) {
  const said = useSaid(plan, current, problem, busy);
  return (
    <div className={`panel strip ${said.tone}`} data-result={said.result}>
      <said.icon size={18} className={busy ? 'spin' : ''} />
      <div className="said" role="status">
        <strong>{said.title}</strong>
        {said.detail && <span className="soft">{said.detail}</span>}
      </div>
      {children}
    </div>
  );
}

function useSaid(plan: Plan | null, current: boolean, problem: Draft['problem'], busy: boolean) {
  const t = useT();
  const say = useSay();
  if (busy) return { tone: '', result: 'busy', icon: BusyIcon, title: t('netPlanning'), detail: t('netPlanningKeys') };
  if (problem) return { tone: 'bad', result: 'refused', icon: BadIcon, title: t('netRefused'), detail: typeof problem === 'string' ? problem : say(problem) };
  if (!plan) return { tone: '', result: 'none', icon: StaleIcon, title: t('netNotPlanned'), detail: t('netPlanKeys') };
  if (!current) return { tone: '', result: 'changed', icon: StaleIcon, title: t('netChanged'), detail: t('netPlanKeys') };
  if (plan.result === 'impossible') return { tone: 'bad', result: plan.result, icon: BadIcon, title: t('netImpossible'), detail: t('netImpossibleDetail') };
  if (plan.result === 'not-found') {
    const detail = t('netNotFoundDetail', { count: plan.missing.length });
    return { tone: 'uncertain', result: plan.result, icon: UncertainIcon, title: t('netNotFound', { seconds: plan.seconds }), detail };
  }
  const sporadic = plan.streams.filter(({ scheduled }) => !scheduled);
  const late = sporadic.filter((stream) => !isKept(stream, plan.result === 'scheduled')).length;
  if (plan.result === 'bounded') {
    const title = late === 0 ? t('netBounded', { count: sporadic.length }) : t('netBoundedLate', { count: sporadic.length, late });
    return { tone: late === 0 ? 'good' : 'uncertain', result: plan.result, icon: late === 0 ? GoodIcon : UncertainIcon, title, detail: t('netBoundedDetail') };
  }
  if (!plan.verdict?.verified) return { tone: 'bad', result: 'refuted', icon: BadIcon, title: t('netRefuted'), detail: '' };
  const { frames, hyperperiods } = plan.verdict;
  const others = sporadic.length === 0 ? '' : late === 0 ? t('netSporadicInTime', { count: sporadic.length }) : t('netSporadicLate', { count: sporadic.length, late });
  return {
    tone: late === 0 ? 'good' : 'uncertain', result: 'proved', icon: late === 0 ? GoodIcon : UncertainIcon,
    title: t('netProved', { count: plan.streams.length - sporadic.length }),
    detail: [t('netProvedDetail', { frames: formatCount(frames), periods: hyperperiods, time: formatNanos(plan.hyperperiod), seconds: plan.seconds }), others].filter(Boolean).join(' '),
  };
}

interface ReasonsProps { plan: Plan; onChoose: (choice: Choice) => void; onRepair: (repair: Repair) => void }

/** Why there is no plan, each reason with the streams and links it is about, and what would do. */
export function Reasons({ plan, onChoose, onRepair }: ReasonsProps) {
  const t = useT();
  const say = useSay();
  const names = (title: string, streams: readonly string[]) => streams.length > 0 && (
    <li><strong>{title}</strong><span className="chips">{streams.map((name) => <Chip key={name} text={name} onPress={() => onChoose({ kind: 'stream', name })} />)}</span></li>
  );
  const violations = plan.verdict?.violations ?? [];
  const named = new Set(plan.reasons.flatMap(({ streams }) => streams));
  if (plan.reasons.length + plan.missing.length + violations.length + plan.notes.length === 0) return null;
  return (
    <section className="panel reasons" aria-label={t('netReasons')}>
      <ul>
        {plan.reasons.map((reason) => (
          <li key={reason.message.text}>
            <span>{say(reason.message)}</span>
            <span className="chips">
              {reason.streams.map((name) => <Chip key={name} text={name} onPress={() => onChoose({ kind: 'stream', name })} />)}
              {reason.links.map(([a, b]) => <Chip key={`${a}>${b}`} text={`${a} → ${b}`} onPress={() => onChoose({ kind: 'link', ends: [a, b] })} />)}
            </span>
          </li>
        ))}
        {names(t('netConflict'), plan.conflicting.some((name) => !named.has(name)) ? plan.conflicting : [])}
        {names(t('netMissing'), plan.missing)}
        {plan.repairs.length > 0 && (
          <li className="repairs"><strong>{t('netRepairs')}</strong>
            <ul>{plan.repairs.map((repair) => (
              <li key={repair.changes.map(({ message }) => message.text).join()} data-repair={repair.changes.map(({ kind }) => kind).join(' ')}><span>{repair.changes.map(({ message }) => say(message)).join(t('netAnd'))}</span><button className="button" type="button" onClick={() => onRepair(repair)}>{t('netRepair')}</button></li>
            ))}</ul>
          </li>
        )}
        {[...violations, ...plan.notes].map((message) => <li key={message.text} title={message.text}><span>{say(message)}</span></li>)}
      </ul>
    </section>
  );
}

function Chip({ text, onPress }: { text: string; onPress: () => void }) {
  return <button className="button chip" type="button" onClick={onPress}>{text}</button>;
}
