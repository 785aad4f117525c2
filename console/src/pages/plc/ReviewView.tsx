import { Checkbox, Input, Modal } from 'antd';
import { useState } from 'react';
import { plcChange, useChange, useChangedTexts } from '../../api/change';
import { OWNER_KEY, plcApi, type ChangeState, type Finding, type PlcChange } from '../../api/plc';
import type { PlcProgram } from '../../api/plcHooks';
import { BadIcon, GoodIcon, UncertainIcon } from '../../design/icons';
import { useT, type MessageKey } from '../../i18n';
import { useNodeSay } from '../../i18n/nodeSaid';
import { formatCount, formatTime } from '../../model/format';
import { formatMicros } from '../../model/plc';
import { DiffPanel } from './ReviewDiff';
import { FindingsPanel } from './ReviewFindings';
import { ProposePanel } from './ReviewPropose';
import { ShadowPanel } from './ReviewShadow';
import './review.css';

/** States in which nothing is to be decided any more: another change may be proposed. */
const over: readonly ChangeState[] = ['none', 'refused', 'settled', 'rolled-back', 'withdrawn'];

/** A change of the program, reviewed like a change of code: what it says, what it does to values, what it would tell the plant. */
export default function ReviewView({ program }: { program: PlcProgram }) {
  const t = useT();
  const change = useChange();
  const texts = useChangedTexts(change?.proposedEpochMillis ?? 0);
  const [proposing, setProposing] = useState(false);
  const [accepted, setAccepted] = useState<{ of: number; subjects: readonly string[] }>({ of: 0, subjects: [] });
  if (!change) return <p className="center" role="status">{t('loading')} …</p>;
  const done = over.includes(change.state);
  const chosen = accepted.of === change.proposedEpochMillis ? accepted.subjects : [];
  if (change.state === 'none' || (done && proposing)) {
    return <ProposePanel program={program} onProposed={() => setProposing(false)} onCancel={change.state === 'none' ? null : () => setProposing(false)} />;
  }
  return (
    <div className="review">
      <Head change={change} chosen={chosen} onPropose={done ? () => setProposing(true) : null} />
      <FindingsPanel
        change={change} chosen={chosen}
        onChoose={(subjects) => setAccepted({ of: change.proposedEpochMillis, subjects })}
      />
      <ShadowPanel change={change} />
      <DiffPanel texts={texts} />
    </div>
  );
}

const steps = ['proposed', 'shadow', 'trial', 'kept'] as const;
const stepNames: Record<(typeof steps)[number], MessageKey> = {
  proposed: 'stepProposed', shadow: 'stepShadow', trial: 'stepTrial', kept: 'stepKept',
};
const reached: Record<ChangeState, number> = {
  none: -1, compared: 0, withdrawn: 0, shadowing: 1, waiting: 1, refused: 1, swapped: 2, 'rolled-back': 2, settled: 3,
};
const stateNames: Record<ChangeState, MessageKey> = {
  none: 'changeNone', compared: 'changeCompared', shadowing: 'changeShadowing', waiting: 'changeWaiting', refused: 'changeRefused',
  swapped: 'changeSwapped', settled: 'changeSettled', 'rolled-back': 'changeRolledBack', withdrawn: 'changeWithdrawn',
};
const bad: readonly ChangeState[] = ['refused', 'rolled-back'];

/** How far it is, who wanted it, and what can be decided now. */
function Head({ change, chosen, onPropose }: { change: PlcChange; chosen: readonly string[]; onPropose: (() => void) | null }) {
  const t = useT();
  const [asked, setAsked] = useState<Decision | null>(null);
  const { state } = change;
  const at = reached[state];
  const waits = state === 'compared' || state === 'waiting';
  const tone = bad.includes(state) ? 'bad' : waits ? 'uncertain' : '';
  const Icon = bad.includes(state) ? BadIcon : waits ? UncertainIcon : GoodIcon;
  const refused = change.findings.some(({ need }) => need === 'refusal');
  const missing = change.findings.filter(({ need, open, subject }) => need === 'consent' && open && !covers(chosen, subject));
  return (
    <section className={`panel head ${tone}`} data-change={state}>
      <ol className="steps" aria-label={t('changeSteps')}>
        {steps.map((name, i) => (
          <li key={name} className={i < at || state === 'settled' ? 'past' : i === at ? 'now' : ''} aria-current={i === at ? 'step' : undefined}>
            <i>{i < at || state === 'settled' ? '✓' : i + 1}</i><span>{t(i === at && state === 'refused' ? 'stepRefused' : i === at && state === 'rolled-back' ? 'stepRolledBack' : stepNames[name])}</span>
          </li>
        ))}
      </ol>
      <div className="said">
        <span className={`quality ${tone} wrap`} role="status"><Icon size={16} /><span>{t(stateNames[state])}</span></span>
        {change.of > 0 && <Bar done={change.done} of={change.of} />}
        {change.outcome && <p className="problem">{change.outcome}</p>}
        <p className="soft">
          {t('proposedBy', { owner: change.owner || t('somebody'), time: formatTime(change.proposedEpochMillis) })}
          {change.reason && <> · <q>{change.reason}</q></>}
          {(change.decidedBy || change.decision) && <><br />{t('decidedBy', { owner: change.decidedBy || t('somebody') })}{change.decision && <> · <q>{change.decision}</q></>}</>}
          {change.pauseMicros > 0 && <><br />{t('swapPause', { time: formatMicros(change.pauseMicros) })}</>}
          {change.skipped > 0 && <><br />{t('changeSkipped', { count: change.skipped })}</>}
        </p>
      </div>
      <div className="acts">
        {waits && <button className="button primary" type="button" disabled={refused} onClick={() => setAsked('approve')}>{t('approve')} …</button>}
        {waits && <button className="button" type="button" onClick={() => setAsked('withdraw')}>{t('withdraw')} …</button>}
        {state === 'shadowing' && <button className="button" type="button" onClick={() => setAsked('withdraw')}>{t('breakOff')} …</button>}
        {(state === 'swapped' || state === 'settled') && <button className="button" type="button" onClick={() => setAsked('back')}>{t('rollBack')} …</button>}
        {onPropose && <button className="button primary" type="button" onClick={onPropose}>{t('proposeAnother')} …</button>}
        {waits && missing.length > 0 && <span className="soft small">{t('consentMissing', { count: missing.length })}</span>}
      </div>
      {asked && <DecisionDialog proposed={change.proposedEpochMillis} what={asked} chosen={chosen} missing={missing} onClose={() => setAsked(null)} />}
    </section>
  );
}

/** A subject, something that it lies within, or everything; elements of an array go together. */
export function covers(accepted: readonly string[], subject: string): boolean {
  const key = (text: string) => text.toUpperCase().replace(/\[[^\]]*\]/g, '[*]');
  const wanted = key(subject);
  return accepted.map(key).some((a) => a === '*' || wanted === a || (wanted.startsWith(a) && '.['.includes(wanted[a.length] ?? ' ')));
}

function Bar({ done, of }: { done: number; of: number }) {
  const t = useT();
  return (
    <span className="progress">
      <progress value={done} max={of} aria-label={t('scansOf', { done: formatCount(done), of: formatCount(of) })} />
      <span className="num soft">{t('scansOf', { done: formatCount(done), of: formatCount(of) })}</span>
    </span>
  );
}

type Decision = 'approve' | 'withdraw' | 'back';
const asks: Record<Decision, { title: MessageKey; text: MessageKey; act: MessageKey }> = {
  approve: { title: 'approveAsk', text: 'approveText', act: 'approve' },
  withdraw: { title: 'withdrawAsk', text: 'withdrawText', act: 'withdraw' },
  back: { title: 'rollBackAsk', text: 'rollBackText', act: 'rollBack' },
};

/** `proposed` is the moment of the proposal that was looked at when the dialog opened; a later one is not approved by it. */
interface DecisionProps { what: Decision; proposed: number; chosen: readonly string[]; missing: readonly Finding[]; onClose: () => void }

function DecisionDialog({ what, proposed, chosen, missing, onClose }: DecisionProps) {
  const t = useT();
  const [seen] = useState(proposed);
  const say = useNodeSay();
  const { title, text, act } = asks[what];
  const [owner, setOwner] = useState(() => localStorage.getItem(OWNER_KEY) ?? '');
  const [reason, setReason] = useState('');
  const [consent, setConsent] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const asksConsent = what === 'approve' && missing.length > 0;
  const ready = owner.trim() !== '' && reason.trim() !== '' && (!asksConsent || consent);
  const send = async () => {
    if (!ready) return;
    setBusy(true);
    setProblem('');
    localStorage.setItem(OWNER_KEY, owner.trim());
    try {
      const subjects = [...chosen, ...(asksConsent ? missing.map(({ subject }) => subject) : [])];
      plcChange.put(what === 'approve'
        ? await plcApi.approve(subjects, owner.trim(), reason.trim(), seen) : await plcApi.takeBack(owner.trim(), reason.trim()));
      onClose();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
      setBusy(false);
    }
  };
  return (
    <Modal
      open title={t(title)} width={480} className="plc-change" okText={t(act)} cancelText={t('cancel')}
      okButtonProps={{ disabled: !ready, loading: busy, danger: what === 'back' }} onOk={() => void send()} onCancel={onClose}
    >
      <p>{t(text)}</p>
      {asksConsent && (
        <div className="consents">
          <ul>{missing.map((one) => <li key={one.message}>{say(one, { subject: one.subject, before: one.before, after: one.after, present: one.present })}</li>)}</ul>
          <Checkbox checked={consent} onChange={(e) => setConsent(e.target.checked)}>{t('consentTo', { count: missing.length })}</Checkbox>
        </div>
      )}
      <label>{t('owner')}<Input value={owner} maxLength={200} autoFocus onChange={(e) => setOwner(e.target.value)} /></label>
      <label>{t('reason')}<Input value={reason} maxLength={200} onChange={(e) => setReason(e.target.value)} onPressEnter={() => void send()} /></label>
      {problem && <p className="problem" role="alert">{t('plcChangeFailed')} {problem}</p>}
    </Modal>
  );
}
