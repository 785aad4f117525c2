import { Input, Modal, Segmented } from 'antd';
import { useState } from 'react';
import { OWNER_KEY, plcApi } from '../../api/plc';
import { plcStatus, useVariable } from '../../api/plcHooks';
import { useT } from '../../i18n';
import { exactPlc } from '../../model/plc';

export interface Change { readonly what: 'set' | 'force'; readonly path: string; readonly type: string }

const lives: [label: string, seconds: number][] = [['1 min', 60], ['10 min', 600], ['1 h', 3600], ['8 h', 28_800], ['1 d', 86_400]];

/** Takes a new value of a variable, to be set once or to be kept. */
export function ChangeDialog({ change: { what, path, type }, onClose }: { change: Change; onClose: () => void }) {
  const t = useT();
  const now = useVariable(path);
  const truth = type === 'BOOL';
  const [value, setValue] = useState(truth ? 'TRUE' : '');
  const [owner, setOwner] = useState(() => localStorage.getItem(OWNER_KEY) ?? '');
  const [reason, setReason] = useState('');
  const [seconds, setSeconds] = useState(3600);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const ready = value.trim() !== '' && (what === 'set' || (owner.trim() !== '' && reason.trim() !== ''));
  const send = async () => {
    if (!ready) return;
    setBusy(true);
    setProblem('');
    try {
      if (what === 'set') await plcApi.write(path, value.trim());
      else {
        localStorage.setItem(OWNER_KEY, owner.trim());
        await plcApi.force({ path, value: value.trim(), owner: owner.trim(), reason: reason.trim(), seconds });
      }
      plcStatus.again();
      onClose();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
      setBusy(false);
    }
  };
  return (
    <Modal
      open title={t(what === 'set' ? 'setOf' : 'forceOf', { path })} width={460} className="plc-change" onCancel={onClose} cancelText={t('cancel')}
      okText={t(what === 'set' ? 'setValue' : 'forceValue')} okButtonProps={{ disabled: !ready, loading: busy }} onOk={() => void send()}
    >
      <p>{t(what === 'set' ? 'setText' : 'forceText')}</p>
      <dl><dt>{t('now')}</dt><dd className="num">{exactPlc(now)} <span className="soft">{type}</span></dd></dl>
      {truth
        ? <Segmented options={['TRUE', 'FALSE']} value={value} onChange={setValue} aria-label={t('newValue')} />
        : <Input autoFocus value={value} placeholder={t('valueAs')} aria-label={t('newValue')} onChange={(e) => setValue(e.target.value)} onPressEnter={() => void send()} />}
      {what === 'force' && (
        <>
          <label>{t('owner')}<Input value={owner} maxLength={200} onChange={(e) => setOwner(e.target.value)} /></label>
          <label>{t('reason')}<Input value={reason} maxLength={200} onChange={(e) => setReason(e.target.value)} onPressEnter={() => void send()} /></label>
          <label>{t('howLong')}
            <Segmented options={lives.map(([label, s]) => ({ label, value: s }))} value={seconds} onChange={setSeconds} />
          </label>
        </>
      )}
      {problem && <p className="problem" role="alert">{t('plcChangeFailed')} {problem}</p>}
    </Modal>
  );
}
