import { useState, type FormEvent } from 'react';
import type { Network } from '../../api/network';
import { CloseIcon } from '../../design/icons';
import { useT, type MessageKey } from '../../i18n';
import { newSwitch } from '../../model/domains';
import { asKind, type LinkKind } from '../../model/links';
import { isFree, isFreeStream, joins, nextName } from '../../model/network';
import type { Choice } from './Drawing';
import { Kinds } from './ThingPanel';

export type Kind = 'switch' | 'station' | 'link' | 'stream';
const titles: Record<Kind, MessageKey> = { switch: 'netAddSwitch', station: 'netAddStation', link: 'netAddLink', stream: 'netAddStream' };

interface Props { kind: Kind; network: Network; /** A node that it is probably about. */ chosen: string | null; onAdd: (network: Network, choice: Choice) => void; onClose: () => void }

/** What is to be added: a switch, a station with its link, a link, or a stream. */
export function AddForm({ kind, network, chosen, onAdd, onClose }: Props) {
  const t = useT();
  const title = `${t('netAdd')}: ${t(titles[kind])}`;
  return (
    <section className="panel side add" aria-label={title} data-add={kind}>
      <header><h2>{title}</h2><button className="button icon plain" type="button" aria-label={t('netClose')} title={t('netClose')} onClick={onClose}><CloseIcon /></button></header>
      {kind === 'link' ? <LinkForm network={network} chosen={chosen} onAdd={onAdd} />
        : kind === 'stream' ? <NewStream network={network} chosen={chosen} onAdd={onAdd} />
          : <NodeForm key={kind} kind={kind} network={network} chosen={chosen} onAdd={onAdd} />}
    </section>
  );
}

type FormProps = Pick<Props, 'network' | 'chosen' | 'onAdd'>;

function NodeForm({ kind, network, chosen, onAdd }: FormProps & { kind: 'switch' | 'station' }) {
  const t = useT();
  const switches = Object.keys(network.switches);
  const taken = (candidate: string) => !isFree(network, candidate);
  const first = nextName(taken, kind === 'switch' ? 'sw' : 'station');
  const [name, setName] = useState(first);
  const [to, setTo] = useState(chosen && switches.includes(chosen) ? chosen : switches.at(-1) ?? '');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (taken(name)) return;
    const links = to ? [...network.links, { between: [name, to] as [string, string] }] : network.links;
    const next = kind === 'switch'
      ? { ...network, links, switches: { ...network.switches, [name]: newSwitch(network, to) } }
      : { ...network, links, stations: { ...network.stations, [name]: {} } };
    onAdd(next, { kind: 'node', name });
  };
  return (
    <form className="form" onSubmit={submit}>
      <NameField value={name} onChange={setName} taken={taken(name)} />
      <label><span>{t('netLinkTo')}</span><Nodes value={to} onChange={setTo} names={['', ...switches]} /></label>
      <Submit disabled={taken(name)} />
    </form>
  );
}

function LinkForm({ network, chosen, onAdd }: FormProps) {
  const t = useT();
  const names = [...Object.keys(network.switches), ...Object.keys(network.stations)];
  const linked = (a: string, b: string) => network.links.some((link) => joins(link, a, b));
  const [one, setOne] = useState(chosen ?? names[0] ?? '');
  const [other, setOther] = useState(names.find((name) => name !== one && !linked(name, one)) ?? names.find((name) => name !== one) ?? '');
  const [rate, setRate] = useState('1Gbps');
  const [kind, setKind] = useState<LinkKind>('cable');
  const problem = one === other ? t('netSame') : linked(one, other) ? t('netLinked') : null;
  return (
    <form
      className="form" onSubmit={(event) => {
        event.preventDefault();
        if (!problem) onAdd({ ...network, links: [...network.links, asKind({ between: [one, other], rate }, kind)] }, { kind: 'link', ends: [one, other] });
      }}
    >
      <label><span>{t('netOne')}</span><Nodes value={one} onChange={setOne} names={names} /></label>
      <label><span>{t('netOther')}</span><Nodes value={other} onChange={setOther} names={names} /></label>
      {problem && <p className="problem wide" role="alert">{problem}</p>}
      <label><span>{t('netKind')}</span><Kinds value={kind} onChange={setKind} /></label>
      <label><span>{t('netRate')}</span><input className="field num" value={rate} spellCheck={false} onChange={(event) => setRate(event.target.value)} /></label>
      <Submit disabled={problem !== null} />
    </form>
  );
}

function NewStream({ network, chosen, onAdd }: FormProps) {
  const t = useT();
  const stations = Object.keys(network.stations);
  const taken = (candidate: string) => !isFreeStream(network, candidate);
  const [name, setName] = useState(nextName(taken, 'stream'));
  const [talker, setTalker] = useState(chosen && stations.includes(chosen) ? chosen : stations[0] ?? '');
  const [listener, setListener] = useState(stations.find((name) => name !== talker) ?? '');
  const [period, setPeriod] = useState('1ms');
  const [size, setSize] = useState('128B');
  const wrong = taken(name) || !talker || !listener || talker === listener;
  return (
    <form
      className="form" onSubmit={(event) => {
        event.preventDefault();
        if (wrong) return;
        const stream = { talker, listeners: [listener], size, period, deadline: period };
        onAdd({ ...network, streams: { ...network.streams, [name]: stream } }, { kind: 'stream', name });
      }}
    >
      <NameField value={name} onChange={setName} taken={taken(name)} />
      <label><span>{t('netTalker')}</span><Nodes value={talker} onChange={setTalker} names={stations} /></label>
      <label><span>{t('netListeners')}</span><Nodes value={listener} onChange={setListener} names={stations} /></label>
      {talker === listener && <p className="problem wide" role="alert">{t('netSame')}</p>}
      <label><span>{t('netSize')}</span><input className="field num" value={size} spellCheck={false} onChange={(event) => setSize(event.target.value)} /></label>
      <label><span>{t('netPeriod')}</span><input className="field num" value={period} spellCheck={false} onChange={(event) => setPeriod(event.target.value)} /></label>
      <Submit disabled={wrong} />
    </form>
  );
}

function NameField({ value, onChange, taken }: { value: string; onChange: (name: string) => void; taken: boolean }) {
  const t = useT();
  return (
    <>
      <label><span>{t('netName')}</span>
        <input className="field" value={value} spellCheck={false} autoFocus aria-invalid={taken} onChange={(event) => onChange(event.target.value.trim())} />
      </label>
      {taken && <p className="problem wide" role="alert">{t('netTaken')}</p>}
    </>
  );
}

function Nodes({ value, onChange, names }: { value: string; onChange: (name: string) => void; names: readonly string[] }) {
  return (
    <select className="field" value={value} onChange={(event) => onChange(event.target.value)}>
      {names.map((name) => <option key={name} value={name}>{name || '–'}</option>)}
    </select>
  );
}

function Submit({ disabled }: { disabled: boolean }) {
  const t = useT();
  return <div className="actions"><button className="button primary" type="submit" disabled={disabled}>{t('netAdd')}</button></div>;
}
