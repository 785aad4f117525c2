import type { PlcStatus } from '../../api/plc';
import { useVariable } from '../../api/plcHooks';
import { hrefOf } from '../../app/route';
import { BadIcon, GoodIcon } from '../../design/icons';
import { QualityMark } from '../../design/parts';
import { useT } from '../../i18n';
import { useNodeSay } from '../../i18n/nodeSaid';
import { shownPlc } from '../../model/plc';

/** What comes in with which quality, and what goes out or why it does not. */
export function IoView({ status: { inputs, outputs, standby } }: { status: PlcStatus }) {
  const t = useT();
  const say = useNodeSay();
  const follows = standby !== null && standby.role !== 'master';
  return (
    <div className="io">
      <section className="panel">
        <h2 className="caption">{t('inputs')}</h2>
        {inputs.length === 0 ? <p className="soft pad">{t('noInputs')}</p> : (
          <table className="table">
            <thead><tr><th>{t('variable')}</th><th className="right">{t('value')}</th><th>{t('qualityName')}</th><th>{t('signal')}</th></tr></thead>
            <tbody>{inputs.map((input) => (
              <tr key={input.variable} data-input={input.variable}>
                <td><code>{input.variable}</code></td><td className="right num"><Value path={input.variable} /></td>
                <td><QualityMark quality={qualityNamed(input.quality)} /></td><td><Signal name={input.signal} /></td>
              </tr>
            ))}</tbody>
          </table>
        )}
      </section>
      <section className="panel">
        <h2 className="caption">{t('outputs')}</h2>
        {outputs.length === 0 ? <p className="soft pad">{t('noOutputs')}</p> : (
          <table className="table">
            <thead><tr><th>{t('variable')}</th><th className="right">{t('value')}</th><th>{t('deviceState')}</th><th>{t('signal')}</th></tr></thead>
            <tbody>{outputs.map(({ variable, signal, failure, code, arguments: about }) => (
              <tr key={signal} data-output={signal}>
                <td><code>{variable}</code></td><td className="right num"><Value path={variable} /></td>
                <td>{follows ? <span className="soft">{t('outputElsewhere')}</span> : failure
                  ? <span className="quality bad wrap"><BadIcon size={14} /><span>{say({ message: failure, code, arguments: about })}</span></span>
                  : <span className="quality"><GoodIcon size={14} /><span>{t('outputTaken')}</span></span>}</td><td><Signal name={signal} /></td>
              </tr>
            ))}</tbody>
          </table>
        )}
      </section>
    </div>
  );
}

/** The severity follows from how the name of a status begins (OPC 10000-4, 7.39). */
function qualityNamed(name: string) {
  const severity = name.startsWith('Good') ? 'good' as const : name.startsWith('Uncertain') ? 'uncertain' as const : 'bad' as const;
  return { name, severity, code: { good: 0, uncertain: 0x40000000, bad: 0x80000000 }[severity] };
}

function Value({ path }: { path: string }) {
  return <>{shownPlc(useVariable(path))}</>;
}

function Signal({ name }: { name: string }) {
  return <a href={hrefOf('trends', '', { s: name })}>{name}</a>;
}
