import { Select } from 'antd';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { plcApi, type PlcVariable } from '../../api/plc';
import { plcStatus, useForce, useVariable, type PlcProgram } from '../../api/plcHooks';
import { feed } from '../../api/variables';
import { CloseIcon, ForceIcon, UncertainIcon, WriteIcon } from '../../design/icons';
import { Sparkline } from '../../design/parts';
import { useT } from '../../i18n';
import { exactPlc, shownPlc } from '../../model/plc';
import { ChangeDialog, type Change } from './ChangeDialog';
import { useKept } from './kept';

/** Variables that are watched at once. */
const MOST = 200;

/** A table of live variables that this browser remembers. */
export function WatchView({ program }: { program: PlcProgram }) {
  const t = useT();
  const [paths, setPaths] = useKept('millwright.plc.watch');
  const [change, setChange] = useState<Change | null>(null);
  const known = useMemo(() => new Map(program.variables.map((variable) => [variable.path, variable])), [program]);
  const add = (more: readonly string[]) => setPaths([...new Set([...paths, ...more])].slice(0, MOST));
  return (
    <section className="panel watch">
      <div className="tools">
        <Picker program={program} onAdd={add} />
        {paths.length > 0 && <button className="button plain" type="button" onClick={() => setPaths([])}>{t('watchClear')}</button>}
      </div>
      {paths.length === 0 ? <p className="soft pad">{t('watchEmpty')}</p> : (
        <table className="table">
          <thead><tr>
            <th>{t('variable')}</th><th className="right">{t('value')}</th><th>{t('course')}</th><th>{t('typeOf')}</th><th><span className="hidden">{t('forceValue')}</span></th>
          </tr></thead>
          <tbody>{paths.map((path) => (
            <Row
              key={path} path={path} variable={known.get(path)} onChange={setChange}
              onRemove={() => setPaths(paths.filter((other) => other !== path))}
            />
          ))}</tbody>
        </table>
      )}
      {change && <ChangeDialog change={change} onClose={() => setChange(null)} />}
    </section>
  );
}

const ALL = '\u0000';

/** Finds variables by a part of their names; an instance stands for all of its own. */
export function Picker({ program, onAdd }: { program: PlcProgram; onAdd: (paths: readonly string[]) => void }) {
  const t = useT();
  const options = useMemo(() => {
    const within = (path: string) => program.variables.filter((variable) => variable.path.startsWith(`${path}.`)).map((variable) => variable.path);
    const instances = program.instances.map(({ path, units }) => ({ path, unit: units[0] ?? '', count: within(path).length }));
    return [
      ...instances.map(({ path, unit, count }) => ({ value: ALL + path, label: path, note: `${unit} · ${t('watchAllOf', { count })}` })),
      ...program.variables.map(({ path, type }) => ({ value: path, label: path, note: type })),
    ].sort((a, b) => a.label.localeCompare(b.label, 'en', { numeric: true }));
  }, [program, t]);
  return (
    <Select
      className="choice" showSearch value={null} options={options} placeholder={t('watchAdd')} aria-label={t('watchAdd')} optionFilterProp="label"
      optionRender={({ data }) => <span className="option"><code>{data.label}</code><span className="soft">{data.note}</span></span>}
      onSelect={(value: string | null) => {
        if (!value) return;
        const path = value.replace(ALL, '');
        onAdd(value === path ? [path] : program.variables.filter((variable) => variable.path.startsWith(`${path}.`)).map((variable) => variable.path));
      }}
    />
  );
}

interface RowProps { path: string; variable: PlcVariable | undefined; onChange: (change: Change) => void; onRemove: () => void }

function Row({ path, variable, onChange, onRemove }: RowProps) {
  const t = useT();
  const value = useVariable(path);
  const force = useForce(path);
  const missing = feed.missing.has(path);
  const type = variable?.type ?? '';
  const release = async () => {
    try {
      await plcApi.release(path);
    } finally {
      plcStatus.again();
    }
  };
  return (
    <tr data-watch={path} className={force ? 'forced' : ''}>
      <td><code>{path}</code>{force && <span className="quality uncertain" title={force.reason}><ForceIcon size={13} />{t('forcedNow')}</span>}</td>
      <td className="right num value" title={exactPlc(value)}>
        {missing ? <span className="quality bad" title={t('watchMissing')}><UncertainIcon size={14} />{t('none')}</span> : <b className={value === true ? 'on' : ''}>{shownPlc(value)}</b>}
      </td>
      <td className="course"><Course path={path} /></td>
      <td className="soft">{type}</td>
      <td className="right actions">
        <button className="button" type="button" disabled={!variable} aria-label={t('setOf', { path })} onClick={() => onChange({ what: 'set', path, type })}>
          <WriteIcon size={14} /><span>{t('setValue')}</span>
        </button>
        {force
          ? <button className="button" type="button" aria-label={t('releaseOf', { path })} onClick={() => void release()}><span>{t('release')}</span></button>
          : <button className="button" type="button" disabled={!variable} aria-label={t('forceOf', { path })} onClick={() => onChange({ what: 'force', path, type })}>
            <ForceIcon size={14} /><span>{t('forceValue')}</span>
          </button>}
        <button className="button icon plain" type="button" aria-label={t('watchRemove', { path })} title={t('watchRemove', { path })} onClick={onRemove}><CloseIcon size={14} /></button>
      </td>
    </tr>
  );
}

const ticks = (listener: () => void) => {
  const timer = window.setInterval(listener, 200);
  return () => window.clearInterval(timer);
};

/** The last seconds as a line. */
function Course({ path }: { path: string }) {
  const [points, setPoints] = useState<readonly number[]>([]);
  const tick = useSyncExternalStore(ticks, () => Math.floor(Date.now() / 200));
  useEffect(() => setPoints([...feed.trace(path)]), [path, tick]);
  return <Sparkline points={points} />;
}
