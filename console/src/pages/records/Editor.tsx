import { useState } from 'react';
import { Problem } from '../../api/client';
import {
  identity, type Changed, type Credentials, type Difference, type Edit, type Preview, type RecordValue, type StoredRecord,
} from '../../api/identity';
import { BadIcon, CloseIcon, GoodIcon, MinusIcon, PlusIcon, UncertainIcon, WriteIcon } from '../../design/icons';
import { useT } from '../../i18n';
import { added, draftsOf, givenOf, wrongWith, type Draft } from '../../model/edit';
import { Readers } from '../identifiers/Found';
import { words } from './RecordsPage';

interface EditorProps {
  handle: string;
  /** What the edit starts from; null for a record that is to be created. */
  record: StoredRecord | null;
  credentials: Credentials;
  onEnd: (changed: boolean) => void;
  onReread: () => void;
}

type Step = { edit: Edit; preview: Preview } | { result: Changed } | null;

/** Edits a record: first what it is to hold, then what that changes, then what came of it. */
export function Editor({ handle, record, credentials, onEnd, onReread }: EditorProps) {
  const t = useT();
  const [drafts, setDrafts] = useState<readonly Draft[]>(() => (record ? draftsOf(record.values) : [{ ...added([]), type: 'DESC' }]));
  const [step, setStep] = useState<Step>(null);
  const [failed, setFailed] = useState<{ conflict: boolean; why: string } | null>(null);
  const [busy, setBusy] = useState(false);
  const wrong = drafts.map((draft) => wrongWith(draft, drafts));
  const change = (key: number, part: Partial<Draft>) => {
    setDrafts(drafts.map((draft) => (draft.key === key ? { ...draft, ...part } : draft)));
    setStep(null);
  };
  const perform = async (work: () => Promise<Step>) => {
    setBusy(true);
    setFailed(null);
    try {
      setStep(await work());
    } catch (error) {
      setFailed({ conflict: error instanceof Problem && error.status === 409, why: words(error) });
    } finally {
      setBusy(false);
    }
  };
  const show = (values: Edit['values']) => perform(async () => {
    const edit = { handle, revision: record?.revision ?? null, values, credentials };
    return { edit, preview: await identity.preview(edit) };
  });
  if (step && 'result' in step) return <Result result={step.result} onEnd={() => onEnd(true)} />;
  return (
    <section className="panel editor" aria-label={t('edit')}>
      <ul className="drafts">
        {drafts.map((draft, i) => (
          <li key={draft.key}>
            <Fields draft={draft} change={(part) => change(draft.key, part)} remove={() => {
              setDrafts(drafts.filter(({ key }) => key !== draft.key));
              setStep(null);
            }} />
            {wrong[i] && <p className="quality bad"><BadIcon size={14} />{t(wrong[i])}</p>}
          </li>
        ))}
      </ul>
      <div className="buttons">
        <button className="button" type="button" onClick={() => { setDrafts([...drafts, added(drafts)]); setStep(null); }}><PlusIcon />{t('addValue')}</button>
        <span className="room" />
        {record && <button className="button danger" type="button" disabled={busy} onClick={() => void show(null)}>{t('deleteRecord')}</button>}
        <button className="button" type="button" onClick={() => onEnd(false)}>{t('cancel')}</button>
        <button
          className="button primary" type="button" disabled={busy || drafts.length === 0 || wrong.some((each) => each !== null)}
          onClick={() => void show(givenOf(drafts))}
        >{t('preview')}</button>
      </div>
      {failed && (
        <div className="quality bad wrap" role="alert"><BadIcon size={14} /><span>{failed.why}</span>
          {failed.conflict && <button className="button" type="button" onClick={onReread}>{t('readAgain')}</button>}</div>
      )}
      {step && 'preview' in step && (
        <Previewed
          preview={step.preview} busy={busy} onReread={onReread}
          onWrite={() => void perform(async () => ({ result: await identity.change(step.edit) }))}
        />
      )}
    </section>
  );
}

const usual = [14, 12, 4];

function Fields({ draft, change, remove }: { draft: Draft; change: (part: Partial<Draft>) => void; remove: () => void }) {
  const t = useT();
  const choices = usual.includes(draft.permissions) ? usual : [...usual, draft.permissions];
  return (
    <div className="fields">
      <label className="f-index">{t('index')}<input className="field" inputMode="numeric" value={draft.index} onChange={(event) => change({ index: event.target.value })} /></label>
      <label className="f-type">{t('type')}<input className="field mono" value={draft.type} spellCheck={false} list="value-types" onChange={(event) => change({ type: event.target.value })} /></label>
      <label className="f-data">{t(draft.binary ? 'dataBase64' : 'data')}
        <textarea className="field mono" rows={1} value={draft.data} spellCheck={false} onChange={(event) => change({ data: event.target.value })} /></label>
      <label className="f-read">{t('readers')}
        <select className="field" value={draft.permissions} onChange={(event) => change({ permissions: Number(event.target.value) })}>
          {choices.map((bits) => <option key={bits} value={bits}>{usual.includes(bits)
            ? t(bits === 14 ? 'anyoneReads' : bits === 12 ? 'administratorsRead' : 'nobodyReads') : t('otherPermissions', { bits })}</option>)}
        </select></label>
      <label className="f-ttl">{t('ttlSeconds')}<input className="field" inputMode="numeric" value={draft.ttl} onChange={(event) => change({ ttl: event.target.value })} /></label>
      <button className="button icon plain" type="button" onClick={remove} aria-label={t('removeValue', { index: draft.index })} title={t('removeValue', { index: draft.index })}><CloseIcon /></button>
      <datalist id="value-types">{['URL', 'DESC', 'EMAIL', 'HS_ALIAS', 'GS1.pip', 'HS_ADMIN'].map((type) => <option key={type} value={type} />)}</datalist>
    </div>
  );
}

function Previewed({ preview, busy, onWrite, onReread }: { preview: Preview; busy: boolean; onWrite: () => void; onReread: () => void }) {
  const t = useT();
  const titles = { create: 'previewCreate', change: 'previewChange', delete: 'previewDelete', nothing: 'previewNothing' } as const;
  return (
    <div className="preview" role="status">
      {preview.outdated && (
        <p className="quality uncertain wrap"><UncertainIcon size={14} /><span>{t('outdated')}</span>
          <button className="button" type="button" onClick={onReread}>{t('readAgain')}</button></p>
      )}
      <h3>{t(titles[preview.action], { node: preview.node })}</h3>
      <ul className="differences">{preview.differences.map((each) => <Differing key={each.index} difference={each} />)}</ul>
      {preview.action !== 'nothing' && !preview.outdated && (
        <div className="buttons"><button className="button primary" type="button" disabled={busy} onClick={onWrite}><WriteIcon />{t('writeRecord')}</button>
          <span className="soft">{t('nothingWritten')}</span></div>
      )}
    </div>
  );
}

const kinds = { add: PlusIcon, modify: WriteIcon, remove: MinusIcon };
const kindNames = { add: 'kindAdd', modify: 'kindModify', remove: 'kindRemove' } as const;

function Differing({ difference: { kind, index, before, after } }: { difference: Difference }) {
  const t = useT();
  const Icon = kinds[kind];
  return (
    <li className={kind}>
      <span className="kind"><Icon size={14} />{t(kindNames[kind])}</span><span className="num">{index}</span>
      <div>
        {before && <p className="before"><Told value={before} /></p>}
        {after && <p className="after"><Told value={after} /></p>}
      </div>
    </li>
  );
}

function Told({ value }: { value: RecordValue }) {
  return <><code>{value.type}</code> <code>{value.shown}</code> <small><Readers permissions={value.permissions} /> · {value.ttl} s</small></>;
}

function Result({ result, onEnd }: { result: Changed; onEnd: () => void }) {
  const t = useT();
  const stepNames = { ...kindNames, create: 'previewCreated', delete: 'previewDeleted' } as const;
  return (
    <section className={`panel editor result ${result.done ? 'done' : 'undone'}`} role="status">
      <h3>{result.done ? <GoodIcon size={18} /> : <BadIcon size={18} />}{t(result.done ? 'written' : 'writtenPartly')}</h3>
      <ul>
        {result.steps.map((step) => (
          <li key={step.kind} className={step.done ? '' : 'quality bad'}>
            {step.done ? <GoodIcon size={14} /> : <BadIcon size={14} />} {t(stepNames[step.kind as keyof typeof stepNames])} <span className="num">{step.indexes.join(', ')}</span> {!step.done && step.words}
          </li>
        ))}
      </ul>
      <div className="buttons"><button className="button primary" type="button" onClick={onEnd}>{t('close')}</button></div>
    </section>
  );
}
