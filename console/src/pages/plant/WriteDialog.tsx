import { Button, InputNumber, Modal, Segmented } from 'antd';
import { useState } from 'react';
import { api, Problem } from '../../api/client';
import { useLive } from '../../api/hooks';
import type { NodeSaid, Signal, SignalValue, WriteResult } from '../../api/types';
import { AntTheme } from '../../design/AntTheme';
import { QualityMark } from '../../design/parts';
import { useShown, useT } from '../../i18n';
import { useNodeSay } from '../../i18n/nodeSaid';
import { unitSign } from '../../model/format';
import { qualityOf } from '../../model/quality';
import { holds, refusal } from '../../model/write';

interface WriteDialogProps {
  signal: Signal;
  onClose: () => void;
}

type Outcome = { result: WriteResult; written: SignalValue } | { problem: NodeSaid } | null;

function problemOf(error: unknown): NodeSaid {
  const told = error instanceof Problem ? error.told : null;
  return {
    message: error instanceof Error ? error.message : String(error), code: told?.code ?? '',
    arguments: Object.fromEntries(Object.entries(told?.arguments ?? {}).map(([name, value]) => [name, String(value)])),
  };
}

export default function WriteDialog({ signal, onClose }: WriteDialogProps) {
  const t = useT();
  const shown = useShown();
  const say = useNodeSay();
  const latest = useLive(signal.name);
  const isSwitch = typeof latest?.value === 'boolean';
  const [value, setValue] = useState<SignalValue>(isSwitch ? !latest.value : null);
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>(null);
  const why = refusal(signal, value);
  const unit = unitSign(signal.unit);
  const limits = { min: signal.range?.min ?? '', max: signal.range?.max ?? '' };

  const send = async () => {
    setBusy(true);
    try {
      setOutcome({ result: await api.write(signal.name, value), written: value });
    } catch (error) {
      setOutcome({ problem: problemOf(error) });
    } finally {
      setBusy(false);
    }
  };
  return (
    <AntTheme>
      <Modal
        open title={t('writeTo', { name: signal.name })} onCancel={onClose} width={440} className="write"
        footer={[
          <Button key="close" onClick={onClose}>{t(outcome && 'result' in outcome ? 'close' : 'cancel')}</Button>,
          <Button key="write" type="primary" disabled={why !== null} loading={busy} onClick={() => void send()}>{t('write')}</Button>,
        ]}
      >
        <p>{t('writeWarning', { to: signal.to ?? signal.name })}</p>
        <dl>
          <dt>{t('now')}</dt>
          <dd className="num">{shown(latest?.value, signal)} {unit} {latest && <QualityMark quality={qualityOf(latest.status)} terse />}</dd>
          {signal.range && <><dt>{t('range')}</dt><dd className="num">{limits.min} – {limits.max} {unit}</dd></>}
        </dl>
        {isSwitch ? (
          <Segmented
            options={[{ label: t('on'), value: 1 }, { label: t('off'), value: 0 }]} value={value ? 1 : 0}
            onChange={(next) => setValue(next === 1)}
          />
        ) : (
          <InputNumber
            autoFocus aria-label={t('newValue')} placeholder={t('newValue')} suffix={unit} value={value as number | null}
            {...(value !== null && why ? { status: 'error' as const } : {})}
            onChange={(next) => setValue(next)} onPressEnter={() => why === null && void send()}
          />
        )}
        {value !== null && why && <p className="problem" role="alert">{t(why, limits)}</p>}
        {outcome && 'problem' in outcome && <p className="problem" role="alert">{t('writeFailed')} {say(outcome.problem)}</p>}
        {outcome && 'result' in outcome && (
          <div className="holds" role="status">
            {t('held')} <b className="num">{shown(outcome.result.value, signal)} {unit}</b>
            <QualityMark quality={outcome.result.quality} />
            {!holds(outcome.written, outcome.result.value) && <strong className="quality uncertain">{t('differs')}</strong>}
          </div>
        )}
      </Modal>
    </AntTheme>
  );
}
