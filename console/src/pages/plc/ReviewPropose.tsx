import { Input, InputNumber } from 'antd';
import { useRef, useState, type DragEvent } from 'react';
import { plcChange } from '../../api/change';
import { OWNER_KEY, plcApi, type PlcSource } from '../../api/plc';
import type { PlcProgram } from '../../api/plcHooks';
import { CloseIcon } from '../../design/icons';
import { useT } from '../../i18n';
import { merged, textsOf, type Chosen } from '../../model/proposal';

interface Props { program: PlcProgram; onProposed: () => void; onCancel: (() => void) | null }

/** Takes changed texts: some files of the program, or its whole folder. */
export function ProposePanel({ program, onProposed, onCancel }: Props) {
  const t = useT();
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [over, setOver] = useState(false);
  const [owner, setOwner] = useState(() => localStorage.getItem(OWNER_KEY) ?? '');
  const [reason, setReason] = useState('');
  const [shadow, setShadow] = useState<number | null>(100);
  const [trial, setTrial] = useState<number | null>(1000);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const plan = chosen && merged(program.sources, chosen);
  const changes = plan ? plan.changed.length + plan.added.length + plan.removed.length + (chosen?.manifest ? 1 : 0) : 0;
  const ready = chosen !== null && plan !== null && changes > 0 && owner.trim() !== '' && reason.trim() !== '' && shadow !== null && trial !== null;
  const take = async (list: FileList | null, whole: boolean) => {
    if (!list || list.length === 0) return;
    setProblem('');
    const read = await textsOf([...list], whole);
    if (read.sources.length === 0 && read.manifest === null) setProblem(t('noTexts'));
    else setChosen(read);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void take(event.dataTransfer.files, false);
  };
  const send = async () => {
    if (!ready) return;
    setBusy(true);
    setProblem('');
    localStorage.setItem(OWNER_KEY, owner.trim());
    try {
      plcChange.put(await plcApi.propose({
        sources: plan.sources, manifest: chosen.manifest, shadow, trial, owner: owner.trim(), reason: reason.trim(),
      }));
      onProposed();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
      setBusy(false);
    }
  };
  return (
    <section className="panel propose" aria-label={t('propose')}>
      <h2>{t('propose')}</h2>
      <p className="soft">{t('proposeText')}</p>
      <div
        className={`drop${over ? ' over' : ''}`} onDrop={drop} onDragLeave={() => setOver(false)}
        onDragOver={(e) => {
          e.preventDefault();
          setOver(true);
        }}
      >
        <button className="button" type="button" onClick={() => files.current?.click()}>{t('chooseFiles')} …</button>
        <button className="button" type="button" onClick={() => folder.current?.click()}>{t('chooseFolder')} …</button>
        <span className="soft">{t('dropHere')}</span>
        <input ref={files} type="file" hidden multiple accept=".st,.xml,.yaml,.yml" data-testid="files" onChange={(e) => { void take(e.target.files, false); e.target.value = ''; }} />
        <input ref={folder} type="file" hidden multiple {...{ webkitdirectory: '' }} onChange={(e) => { void take(e.target.files, true); e.target.value = ''; }} />
      </div>
      {plan && (
        <ul className="chosen">
          <Names names={plan.changed} kind="changed" /><Names names={plan.added} kind="added" /><Names names={plan.removed} kind="removed" />
          {chosen?.manifest && <li><span className="tag">{t('kindTask')}</span><code>plant.yaml</code></li>}
          {changes === 0 && <li className="soft">{t('textsSame')}</li>}
          <li><button className="button plain" type="button" onClick={() => setChosen(null)}><CloseIcon size={13} />{t('chooseAnew')}</button></li>
        </ul>
      )}
      <div className="fields">
        <label>{t('owner')}<Input value={owner} maxLength={200} onChange={(e) => setOwner(e.target.value)} /></label>
        <label className="wide">{t('reason')}<Input value={reason} maxLength={200} onChange={(e) => setReason(e.target.value)} onPressEnter={() => void send()} /></label>
        <label>{t('limitShadow')}<InputNumber value={shadow} min={0} max={1_000_000} precision={0} onChange={setShadow} /></label>
        <label>{t('limitTrial')}<InputNumber value={trial} min={0} max={1_000_000} precision={0} onChange={setTrial} /></label>
      </div>
      <div className="acts">
        <button className="button primary" type="button" disabled={!ready || busy} onClick={() => void send()}>{t('proposeAct')}</button>
        {onCancel && <button className="button" type="button" onClick={onCancel}>{t('cancel')}</button>}
        <span className="soft small">{t('proposeNote')}</span>
      </div>
      {problem && <pre className="problem" role="alert">{problem}</pre>}
    </section>
  );
}

function Names({ names, kind }: { names: readonly PlcSource['name'][]; kind: 'changed' | 'added' | 'removed' }) {
  const t = useT();
  return <>{names.map((name) => <li key={name}><span className={`tag ${kind}`}>{t(({ changed: 'textChanged', added: 'textNew', removed: 'textGone' } as const)[kind])}</span><code>{name}</code></li>)}</>;
}
