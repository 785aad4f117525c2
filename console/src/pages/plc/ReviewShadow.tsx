import type { PlcChange } from '../../api/plc';
import { BadIcon, GoodIcon } from '../../design/icons';
import { useT } from '../../i18n';
import { useNodeSay } from '../../i18n/nodeSaid';
import { formatCount } from '../../model/format';
import { exactPlc, formatMicros, shownPlc } from '../../model/plc';

/** What the new program did in shadow, while it does it, and what it must keep to. */
export function ShadowPanel({ change: { shadow, limits, state } }: { change: PlcChange }) {
  const t = useT();
  const say = useNodeSay();
  return (
    <section className="panel shadow" aria-label={t('shadowRun')}>
      <h2>{t('shadowRun')}</h2>
      {limits && (
        <dl className="limits">
          <div><dt>{t('limitShadow')}</dt><dd className="num">{formatCount(limits.shadowScans)}</dd></div>
          <div><dt>{t('limitTrial')}</dt><dd className="num">{formatCount(limits.trialScans)}</dd></div>
          <div><dt>{t('limitExecution')}</dt><dd className="num">{limits.executionMillis > 0 ? `${limits.executionMillis}\u202fms` : t('limitNone')}</dd></div>
          <div><dt>{t('limitOverruns')}</dt><dd className="num">{limits.overruns}</dd></div>
          <div><dt>{t('limitDifference')}</dt><dd className="num">{limits.difference === null ? t('limitConsent') : limits.difference}</dd></div>
        </dl>
      )}
      {!shadow ? <p className="soft pad">{t(state === 'shadowing' ? 'shadowBegins' : 'shadowNone')}</p> : (
        <>
          <p className="pad">
            {shadow.failure
              ? <span className="quality bad wrap"><BadIcon size={15} /><span>{say({ message: shadow.failure, code: shadow.code, arguments: shadow.arguments })}</span></span>
              : shadow.differences.length === 0
                ? <span className="quality wrap"><GoodIcon size={15} /><span>{t('shadowSame', { scans: formatCount(shadow.scans), outputs: shadow.compared })}</span></span>
                : t('shadowDiffers', { count: shadow.differences.length, outputs: shadow.compared, scans: formatCount(shadow.scans) })}
            {shadow.median > 0 && <span className="soft"> {t('shadowTook', { median: formatMicros(shadow.median), longest: formatMicros(shadow.longest) })}</span>}
          </p>
          {shadow.differences.length > 0 && (
            <table className="table differences">
              <thead><tr>
                <th>{t('output')}</th><th className="right">{t('valueRuns')}</th><th className="right">{t('valueShadow')}</th>
                <th className="right">{t('greatestDifference')}</th><th className="right">{t('inScans')}</th>
              </tr></thead>
              <tbody>{shadow.differences.map(({ name, running, changed, most, scans, firstScan }) => (
                <tr key={name} data-difference={name}>
                  <td><code>{name}</code></td><td className="right num" data-label={t('valueRuns')} title={exactPlc(running)}>{shownPlc(running)}</td>
                  <td className="right num" data-label={t('valueShadow')} title={exactPlc(changed)}><b>{shownPlc(changed)}</b></td>
                  <td className="right num" data-label={t('greatestDifference')} title={exactPlc(most)}>{shownPlc(most)}</td>
                  <td className="right num" data-label={t('inScans')}>{t('scansFrom', { count: formatCount(scans), first: formatCount(firstScan) })}</td>
                </tr>
              ))}</tbody>
            </table>
          )}
        </>
      )}
    </section>
  );
}
