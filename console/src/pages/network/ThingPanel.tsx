import { useState } from 'react';
import type { Network } from '../../api/network';
import { CloseIcon } from '../../design/icons';
import { useT } from '../../i18n';
import { joins, withoutNode } from '../../model/network';
import type { Choice } from './Drawing';

interface Props { choice: NonNullable<Choice>; network: Network; onChange: (network: Network) => void; onChoose: (choice: Choice) => void }

/** A switch, a station or a link: what is known of it, to be changed or deleted. */
export function ThingPanel({ choice, network, onChange, onChoose }: Props) {
  const t = useT();
  const title = choice.kind === 'link' ? `${t('netLink')} ${choice.ends.join(' – ')}`
    : `${t(choice.kind === 'node' && choice.name in network.switches ? 'netSwitch' : 'netStation')} ${choice.kind === 'node' ? choice.name : ''}`;
  const remove = () => {
    onChange(deleted(network, choice));
    onChoose(null);
  };
  return (
    <section className="panel side" aria-label={title}>
      <header><h2>{title}</h2><button className="button icon plain" type="button" aria-label={t('netClose')} title={t('netClose')} onClick={() => onChoose(null)}><CloseIcon /></button></header>
      <div className="form">
        <Fields key={JSON.stringify(choice)} choice={choice} network={network} onChange={onChange} />
        <div className="actions"><button className="button" type="button" onClick={remove}>{t('netDelete')}</button></div>
      </div>
      {choice.kind === 'node' && <Neighbours name={choice.name} network={network} onChoose={onChoose} />}
    </section>
  );
}

export function deleted(network: Network, choice: NonNullable<Choice>): Network {
  switch (choice.kind) {
    case 'node': return withoutNode(network, choice.name);
    case 'link': return { ...network, links: network.links.filter((link) => !joins(link, ...choice.ends)) };
    case 'stream': return { ...network, streams: Object.fromEntries(Object.entries(network.streams).filter(([name]) => name !== choice.name)) };
  }
}

function Fields({ choice, network, onChange }: Omit<Props, 'onChoose'>) {
  const t = useT();
  if (choice.kind === 'link') {
    const link = network.links.find((each) => joins(each, ...choice.ends));
    if (!link) return null;
    return (
      <Field
        label={t('netRate')} value={link.rate ?? ''}
        onSave={(rate) => onChange({ ...network, links: network.links.map((each) => (each === link ? { ...link, rate: rate || undefined } as typeof link : each)) })}
      />
    );
  }
  const found = choice.kind === 'node' ? network.switches[choice.name] : undefined;
  if (!found) return null;
  const save = (change: Partial<typeof found>) => onChange({ ...network, switches: { ...network.switches, [choice.kind === 'node' ? choice.name : '']: { ...found, ...change } } });
  return (
    <>
      <Field label={t('netPortsOf')} value={String(found.ports)} onSave={(ports) => save({ ports: Number(ports) || 0 })} />
      <Field label={t('netProcessing')} value={found.processing ?? '2us'} onSave={(processing) => save({ processing })} />
    </>
  );
}

function Field({ label, value, onSave }: { label: string; value: string; onSave: (value: string) => void }) {
  const [text, setText] = useState(value);
  const save = () => {
    if (text !== value) onSave(text);
  };
  return (
    <label><span>{label}</span>
      <input
        className="field num" value={text} spellCheck={false} onChange={(event) => setText(event.target.value)} onBlur={save}
        onKeyDown={(event) => event.key === 'Enter' && save()}
      />
    </label>
  );
}

function Neighbours({ name, network, onChoose }: { name: string; network: Network; onChoose: (choice: Choice) => void }) {
  const t = useT();
  const links = network.links.filter(({ between }) => between.includes(name));
  return (
    <>
      <h3 className="caption">{t('netLinksOf')}</h3>
      <div className="chips pad">{links.map(({ between: [a, b], rate }) => (
        <button key={`${a}>${b}`} className="button chip" type="button" onClick={() => onChoose({ kind: 'link', ends: [a, b] })}>{a === name ? b : a}{rate ? ` · ${rate}` : ''}</button>
      ))}</div>
    </>
  );
}
