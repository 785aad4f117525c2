import { useEffect, useEffectEvent, useState } from 'react';
import type { Network } from '../../api/network';
import { CloseIcon, PlusIcon } from '../../design/icons';
import { useT } from '../../i18n';
import { asPlantFile, EXAMPLE, repaired } from '../../model/network';
import { AddForm, type Kind } from './AddForms';
import { Drawing, type Choice } from './Drawing';
import { PortChart } from './PortChart';
import { StreamList } from './StreamList';
import { StreamPanel } from './StreamPanel';
import { deleted, ThingPanel } from './ThingPanel';
import { AllFailures, FailurePanel } from './FailurePanel';
import { useDraft, type Draft } from './useDraft';
import { useFailures } from './useFailures';
import { Reasons, Verdict } from './Verdict';
import './network.css';

const SEARCHES = [3, 10, 20];
const kinds: readonly Kind[] = ['switch', 'station', 'link', 'stream'];
const addNames = { switch: 'netAddSwitch', station: 'netAddStation', link: 'netAddLink', stream: 'netAddStream' } as const;

/** The network of the plant, or a draft of another: drawn, planned, and proved or refused. */
export default function NetworkPage() {
  const t = useT();
  const draft = useDraft();
  return (
    <div className="net">
      <h1 className="hidden">{t('network')}</h1>
      {draft.network === null ? <p className="center" role="status">{t('loading')} …</p> : <Planned draft={draft} network={draft.network} />}
    </div>
  );
}

function exists(network: Network, choice: Choice): boolean {
  switch (choice?.kind) {
    case undefined: return false;
    case 'stream': return choice.name in network.streams;
    case 'node': return choice.name in network.switches || choice.name in network.stations;
    case 'link': return network.links.some(({ between }) => between.includes(choice.ends[0]) && between.includes(choice.ends[1]));
  }
}

function Planned({ draft, network }: { draft: Draft; network: Network }) {
  const t = useT();
  const [chosen, setChosen] = useState<Choice>(null);
  const [adding, setAdding] = useState<Kind | null>(null);
  const [seconds, setSeconds] = useState(SEARCHES[0]!);
  const [failing, setFailing] = useState(false);
  const choice = exists(network, chosen) ? chosen : null;
  const { plan, current } = draft;
  const shownPlan = current ? plan : null;
  const kept = shownPlan?.kept ?? null;
  const failures = useFailures(failing ? kept : null);
  const failure = failures.shown === null ? null : failures.known.get(failures.shown) ?? null;
  const choose = (next: Choice) => {
    setAdding(null);
    setChosen(next);
    if (next && next.kind !== 'stream') failures.show(next.kind === 'link' ? next.ends : [next.name]);
  };
  const fail = (wanted: boolean) => {
    setAdding(null);
    setFailing(wanted);
    if (chosen?.kind !== 'stream') setChosen(null);
  };
  const change = (next: Network, andPlan = false) => {
    draft.change(next);
    if (andPlan) draft.start(seconds, next);
  };
  const link = (one: string, other: string) => {
    change({ ...network, links: [...network.links, { between: [one, other] }] });
    choose({ kind: 'link', ends: [one, other] });
  };
  const failingNow = failing && kept !== null;
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const typing = event.target instanceof HTMLElement && /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
    if ((event.ctrlKey || event.metaKey) && event.key === 'Enter') draft.start(seconds);
    else if ((event.ctrlKey || event.metaKey) && event.key === 'z' && !typing && draft.canUndo) draft.undo();
    else if (event.key === 'Delete' && !typing && choice && !failingNow) {
      change(deleted(network, choice));
      choose(null);
    } else if (event.key === 'Escape') {
      if (choice || adding) choose(null);
      else fail(false);
    }
    else return;
    event.preventDefault();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, []);
  const opened = adding ?? (failingNow ? 'failures' : choice && JSON.stringify(choice));
  useEffect(() => {
    if (opened) document.querySelector('.net .side header')?.scrollIntoView({ block: 'nearest' });
  }, [opened]);
  const empty = Object.keys(network.switches).length + Object.keys(network.stations).length === 0;
  const stream = choice?.kind === 'stream' ? choice.name : null;
  return (
    <>
      <Verdict draft={draft}>
        <label className="search"><span>{t('netSearch')}</span>
          <select className="field" value={seconds} onChange={(event) => setSeconds(Number(event.target.value))}>{SEARCHES.map((each) => <option key={each} value={each}>{each} s</option>)}</select>
        </label>
        <button className="button primary" type="button" disabled={Object.keys(network.streams).length === 0} title={t('netPlanKeys')} onClick={() => draft.start(seconds)}>{t('netPlan')}</button>
      </Verdict>
      {shownPlan && (
        <Reasons plan={shownPlan} onChoose={choose} onRepair={(repair) => change(repair.changes.reduce(repaired, network), true)} />
      )}
      <div className="board">
        <div className="column">
          <section className="panel drawing" aria-label={t('netDrawing')}>
            <Tools draft={draft} network={network} adding={adding} onAdding={setAdding} failing={failingNow} onFail={kept ? fail : null} />
            {empty ? <Empty onExample={() => change(EXAMPLE)} /> : <Drawing network={network} plan={shownPlan} failure={failure} choice={choice} onChoose={choose} onLink={link} />}
            {draft.changed && <p className="soft small pad draft"><span>{t('netDraft')}</span><button className="button plain" type="button" onClick={draft.revert}><CloseIcon size={12} />{t('netRevert')}</button></p>}
          </section>
          {adding && (
            <AddForm
              key={adding} kind={adding} network={network} chosen={choice?.kind === 'node' ? choice.name : null} onClose={() => setAdding(null)}
              onAdd={(next, added) => {
                change(next);
                setAdding(null);
                setChosen(added);
              }}
            />
          )}
          {failingNow && !adding && <FailurePanel failures={failures} chosen={stream} onStream={(name) => choose({ kind: 'stream', name })} onClose={() => fail(false)} />}
          {!failingNow && !adding && stream && <StreamPanel name={stream} network={network} plan={plan} current={current} onChange={change} onClose={() => choose(null)} />}
          {!failingNow && !adding && choice && choice.kind !== 'stream' && <ThingPanel choice={choice} network={network} onChange={change} onChoose={choose} />}
        </div>
        <section className="panel" aria-label={t('netStreams')}>
          <h2 className="caption pad">{t('netStreams')}</h2>
          <StreamList network={network} plan={plan} failure={failure} current={current} chosen={stream} onChoose={(name) => choose({ kind: 'stream', name })} />
          {!choice && !adding && !empty && <p className="soft small pad">{t('netChoose')} <span className="pointed">{t('netPull')}</span></p>}
        </section>
      </div>
      {failingNow && (
        <AllFailures
          failures={failures} onShow={({ nodes: [a, b], and }, number) => {
            choose(and ? null : b === undefined ? { kind: 'node', name: a! } : { kind: 'link', ends: [a!, b] });
            failures.show(number);
          }}
        />
      )}
      {plan?.result === 'scheduled' && <PortChart plan={plan} chosen={stream} stale={!current} onChoose={(name) => choose({ kind: 'stream', name })} />}
    </>
  );
}

function Empty({ onExample }: { onExample: () => void }) {
  const t = useT();
  return (
    <div className="center">
      <p>{t('netEmpty')}</p>
      <button className="button" type="button" onClick={onExample}>{t('netExample')}</button>
    </div>
  );
}

interface ToolsProps {
  draft: Draft;
  network: Network;
  adding: Kind | null;
  onAdding: (kind: Kind | null) => void;
  failing: boolean;
  /** Null while there is no plan. */
  onFail: ((wanted: boolean) => void) | null;
}

function Tools({ draft, network, adding, onAdding, failing, onFail }: ToolsProps) {
  const t = useT();
  const [copied, setCopied] = useState(false);
  const copy = () => void navigator.clipboard.writeText(asPlantFile(network)).then(() => {
    setCopied(true);
    window.setTimeout(() => setCopied(false), 2000);
  }, () => undefined);
  const stations = Object.keys(network.stations).length;
  const nodes = stations + Object.keys(network.switches).length;
  const possible = { switch: true, station: true, link: nodes > 1, stream: stations > 1 };
  return (
    <div className="tools">
      <div className="group" role="group" aria-label={t('netAdd')}>
        {kinds.map((kind) => (
          <button key={kind} className="button" type="button" disabled={!possible[kind]} aria-pressed={adding === kind} onClick={() => onAdding(adding === kind ? null : kind)}>
            <PlusIcon size={12} />{t(addNames[kind])}
          </button>
        ))}
      </div>
      <button className="button" type="button" data-tool="failures" disabled={!onFail} aria-pressed={failing} title={t(onFail ? 'netFailuresTitle' : 'netFailuresNeed')} onClick={() => onFail?.(!failing)}>{t('netFailures')}</button>
      <span className="room" />
      <button className="button plain" type="button" disabled={!draft.canUndo} onClick={draft.undo}>{t('netUndo')}</button>
      <button className="button plain" type="button" onClick={copy}>{t(copied ? 'netCopied' : 'netCopy')}</button>
    </div>
  );
}
