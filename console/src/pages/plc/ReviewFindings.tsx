import { Checkbox } from 'antd';
import { useState } from 'react';
import { plcApi, type Finding, type PlcChange } from '../../api/plc';
import { BadIcon, UncertainIcon } from '../../design/icons';
import { useT, type MessageKey } from '../../i18n';
import { useNodeSay } from '../../i18n/nodeSaid';
import { formatCount } from '../../model/format';
import { covers } from './ReviewView';

const grave = { refusal: 0, consent: 1, warning: 2, note: 3 } as const;
const kindNames: Record<string, MessageKey> = {
  added: 'kindAdded', removed: 'kindRemoved', renamed: 'kindRenamed', 'renamed-perhaps': 'kindRenamedPerhaps', widened: 'kindWidened',
  narrowed: 'kindNarrowed', reset: 'kindReset', resized: 'kindResized', renumbered: 'kindRenumbered', initial: 'kindInitial',
  constant: 'kindConstant', property: 'kindProperty', reference: 'kindReference', step: 'kindStep', task: 'kindTask',
  binding: 'kindBinding', predictive: 'kindPredictive', force: 'kindForce', shadow: 'kindShadow',
};

interface Props { change: PlcChange; chosen: readonly string[]; onChoose: (subjects: readonly string[]) => void }

/** What becomes of each variable, task, binding and force; what stands against the change comes first. */
export function FindingsPanel({ change, chosen, onChoose }: Props) {
  const t = useT();
  const findings = [...change.findings].sort((a, b) => Number(b.open) - Number(a.open) || grave[a.need] - grave[b.need]);
  const decidable = change.state === 'compared' || change.state === 'waiting';
  return (
    <section className="panel findings" aria-label={t('migration')}>
      <h2>{t('migration')}</h2>
      {findings.length === 0 ? <p className="soft pad">{t('migrationNone')}</p> : (
        <table className="table">
          <thead><tr><th>{t('whatChanges')}</th><th>{t('variable')}</th><th>{t('beforeAfter')}</th><th>{t('meaning')}</th></tr></thead>
          <tbody>{findings.map((finding) => (
            <Row
              key={`${finding.kind} ${finding.subject} ${finding.message}`} finding={finding}
              consent={decidable && finding.need === 'consent' ? covers(chosen, finding.subject) || !finding.open : null}
              fixed={!finding.open} onConsent={(yes) => onChoose(yes ? [...chosen, finding.subject] : chosen.filter((one) => one !== finding.subject))}
            />
          ))}</tbody>
        </table>
      )}
      {change.atRestart.length > 0 && (
        <p className="notice"><UncertainIcon size={15} /><span>{t('atRestart', { what: change.atRestart.join('; ') })}</span></p>
      )}
      <Kept count={change.kept} />
    </section>
  );
}

interface RowProps { finding: Finding; consent: boolean | null; fixed: boolean; onConsent: (yes: boolean) => void }

function Row({ finding, consent, fixed, onConsent }: RowProps) {
  const t = useT();
  const say = useNodeSay();
  const { kind, need, subject, before, after, present, open } = finding;
  const name = kindNames[kind];
  const tone = need === 'refusal' ? 'bad' : need === 'consent' && open ? 'uncertain' : '';
  return (
    <tr className={tone} data-finding={subject} data-need={need}>
      <td><span className={`tag ${kind}`}>{tone === 'bad' ? <BadIcon size={13} /> : tone === 'uncertain' ? <UncertainIcon size={13} /> : null}{name ? t(name) : kind}</span></td>
      <td><code>{subject}</code></td>
      <td className="types">
        {before && <code>{before}</code>}{before && after ? <i aria-hidden="true">→</i> : null}{after && <code>{after}</code>}
        {present && <span className="soft num">{t('valueNow', { value: present })}</span>}
      </td>
      <td>
        <span className="message">{say(finding, { subject, before, after, present })}</span>
        {consent !== null && <Checkbox checked={consent} disabled={fixed} onChange={(e) => onConsent(e.target.checked)}>{t('consent')}</Checkbox>}
      </td>
    </tr>
  );
}

/** What is not mentioned keeps its value; a list for those who want to see it. */
function Kept({ count }: { count: number }) {
  const t = useT();
  const [kept, setKept] = useState<readonly { path: string; type: string }[] | null>(null);
  if (count === 0) return null;
  const open = async () => {
    if (kept) setKept(null);
    else setKept(await plcApi.kept().catch(() => []));
  };
  return (
    <div className="kept">
      <button className="button plain" type="button" aria-expanded={kept !== null} onClick={() => void open()}>
        {t('keptCount', { count: formatCount(count) })} {kept ? '▴' : '▾'}
      </button>
      {kept && (
        <ul>{kept.map(({ path, type }) => <li key={path}><code>{path}</code> <span className="soft">{type}</span></li>)}
          {kept.length < count && <li className="soft">{t('keptMore', { count: formatCount(count - kept.length) })}</li>}</ul>
      )}
    </div>
  );
}
