import { Modal } from 'antd';
import { useState } from 'react';
import { plcApi, type Force } from '../../api/plc';
import { plcStatus } from '../../api/plcHooks';
import { useNow } from '../../api/hooks';
import { ForceIcon } from '../../design/icons';
import { useT } from '../../i18n';
import { formatDuration } from '../../model/format';
import { exactPlc } from '../../model/plc';

/** So many are listed before one has to ask for the others. */
const FEW = 3;

/** What is forced, on every page of the PLC as long as anything is. */
export function ForceBanner({ forces }: { forces: readonly Force[] }) {
  const t = useT();
  const [all, setAll] = useState(false);
  const [asked, setAsked] = useState(false);
  const [problem, setProblem] = useState('');
  if (forces.length === 0) return null;
  const shown = all ? forces : forces.slice(0, FEW);
  const release = async (paths: readonly string[]) => {
    setProblem('');
    try {
      for (const path of paths) await plcApi.release(path);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
    setAsked(false);
    plcStatus.again();
  };
  return (
    <section className="panel forces" aria-label={t('forcedCount', { count: forces.length })}>
      <header>
        <ForceIcon /><strong>{t('forcedCount', { count: forces.length })}</strong>
        {forces.length > FEW && (
          <button className="button plain" type="button" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? t('showLess') : t('showMore', { count: forces.length - FEW })}
          </button>
        )}
        {forces.length > 1 && <button className="button" type="button" onClick={() => setAsked(true)}>{t('releaseAll')}</button>}
      </header>
      <ul>{shown.map((force) => <Row key={force.path} force={force} onRelease={() => void release([force.path])} />)}</ul>
      {problem && <p className="problem" role="alert">{t('plcChangeFailed')} {problem}</p>}
      {asked && (
        <Modal
          open title={t('releaseAllAsk')} okText={t('releaseAll')} cancelText={t('cancel')} width={440}
          onOk={() => void release(forces.map(({ path }) => path))} onCancel={() => setAsked(false)}
        ><p>{t('releaseAllText')}</p></Modal>
      )}
    </section>
  );
}

function Row({ force, onRelease }: { force: Force; onRelease: () => void }) {
  const t = useT();
  useNow();
  const left = Math.max(0, force.secondsLeft * 1000 - (Date.now() - plcStatus.at));
  return (
    <li data-forced={force.path}>
      <span className="what"><code>{force.path}</code> := <b className="num">{exactPlc(force.value)}</b></span>
      <span className="who">{force.owner ? t('forcedBy', { owner: force.owner }) : t('forcedNobody')} · {force.reason || t('noReason')}</span>
      <span className="num left">{t('forcedFor', { time: formatDuration(Math.floor(left / 1000) * 1000) })}</span>
      <button className="button" type="button" aria-label={t('releaseOf', { path: force.path })} onClick={onRelease}>{t('release')}</button>
    </li>
  );
}
