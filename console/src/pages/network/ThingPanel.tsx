import { useState } from 'react';
import type { Link, Network, Switch } from '../../api/network';
import { CloseIcon } from '../../design/icons';
import { useT } from '../../i18n';
import { domainOf, NEW_DOMAIN, tidied, withDomain, withDomainChanged, withDomainNamed } from '../../model/domains';
import { asKind, defined, delayText, isRadio, kindOf, LINK_KINDS, markOf, shapingOf, withDelay, withShaping, type LinkKind, type Shaping } from '../../model/links';
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
    case 'node': return tidied(withoutNode(network, choice.name));
    case 'link': return { ...network, links: network.links.filter((link) => !joins(link, ...choice.ends)) };
    case 'stream': return { ...network, streams: Object.fromEntries(Object.entries(network.streams).filter(([name]) => name !== choice.name)) };
  }
}

function Fields({ choice, network, onChange }: Omit<Props, 'onChoose'>) {
  if (choice.kind === 'link') {
    const link = network.links.find((each) => joins(each, ...choice.ends));
    if (!link) return null;
    return <LinkFields key={JSON.stringify(link)} link={link} onSave={(next) => onChange({ ...network, links: network.links.map((each) => (each === link ? next : each)) })} />;
  }
  const name = choice.kind === 'node' ? choice.name : '';
  const found = network.switches[name];
  if (!found) return <Carried carries={network.stations[name]?.carries ?? []} />;
  return (
    <>
      <SwitchFields key={JSON.stringify(found)} found={found} onSave={(next) => onChange({ ...network, switches: { ...network.switches, [name]: next } })} />
      <DomainFields key={`${name} ${JSON.stringify(network.domains)}`} name={name} network={network} onChange={onChange} />
    </>
  );
}

/** The domain of a switch, and what is known of that. */
function DomainFields({ name, network, onChange }: { name: string; network: Network; onChange: (network: Network) => void }) {
  const t = useT();
  const of = domainOf(network, name) ?? '';
  const domain = network.domains?.[of];
  return (
    <>
      <label><span>{t('netDomain')}</span>
        <select className="field" name="domain" value={of} title={t('netDomainHint')} onChange={(event) => onChange(withDomain(network, name, event.target.value))}>
          <option value="">{t('netOneWhole')}</option>
          {Object.keys(network.domains ?? {}).map((each) => <option key={each} value={each}>{each}</option>)}
          <option value={NEW_DOMAIN}>{t('netNewDomain')}</option>
        </select>
      </label>
      {domain && (
        <>
          <label><span>{t('netDomainKind')}</span>
            <select className="field" name="domainKind" value={domain.kind} onChange={(event) => onChange(withDomainChanged(network, of, defined({ ...domain, kind: event.target.value, sync: event.target.value === 'wide-area' ? undefined : domain.sync })))}>
              <option value="cell">{t('netCell')}</option><option value="plant">{t('netHall')}</option><option value="wide-area">{t('netWideArea')}</option>
            </select>
          </label>
          <Field label={t('netDomainName')} name="domainName" value={of} onSave={(next) => onChange(withDomainNamed(network, of, next))} />
          <Field label={t('netBudget')} name="budget" value={domain.budget ?? ''} placeholder={t('netAny')} onSave={(budget) => onChange(withDomainChanged(network, of, defined({ ...domain, budget: budget || undefined })))} />
          {domain.kind !== 'wide-area' && <Field label={t('netSync')} name="sync" value={domain.sync ?? ''} placeholder="0s" onSave={(sync) => onChange(withDomainChanged(network, of, defined({ ...domain, sync: sync || undefined })))} />}
        </>
      )}
    </>
  );
}

function LinkFields({ link, onSave }: { link: Link; onSave: (link: Link) => void }) {
  const t = useT();
  const kind = kindOf(link);
  const [one, other] = link.between;
  return (
    <>
      <label><span>{t('netKind')}</span><Kinds value={kind} onChange={(next) => onSave(asKind(link, next))} /></label>
      <Field label={t('netRate')} name="rate" value={link.rate ?? ''} onSave={(rate) => onSave(defined({ ...link, rate: rate || undefined }))} />
      <Field
        label={t(isRadio(kind) ? 'netPercentiles' : 'netLinkDelay')} name="delay" wide={isRadio(kind)} value={delayText(link)}
        hint={t(isRadio(kind) ? 'netPercentilesHint' : 'netRangeHint')} onSave={(text) => onSave(withDelay(link, text))}
      />
      {kind === 'pon' && (
        <>
          <label><span>{t('netHeadEnd')}</span>
            <select className="field" name="head" value={one} onChange={() => onSave({ ...link, between: [other, one] })}><option>{one}</option><option>{other}</option></select>
          </label>
          <Field label={t('netCycle')} name="cycle" value={link.cycle ?? ''} onSave={(cycle) => onSave({ ...link, cycle })} />
          <Field label={t('netSlot')} name="slot" value={link.slot ?? ''} onSave={(slot) => onSave({ ...link, slot })} />
        </>
      )}
    </>
  );
}

/** The kinds of links to choose from. */
export function Kinds({ value, onChange }: { value: LinkKind; onChange: (kind: LinkKind) => void }) {
  const t = useT();
  const kinds = LINK_KINDS.includes(value) ? LINK_KINDS : [...LINK_KINDS, value];
  return (
    <select className="field" name="kind" value={value} onChange={(event) => onChange(event.target.value)}>
      {kinds.map((kind) => <option key={kind} value={kind}>{kind === 'cable' ? t('netCable') : kind === 'pon' ? t('netPon') : markOf(kind)}</option>)}
    </select>
  );
}

function SwitchFields({ found, onSave }: { found: Switch; onSave: (found: Switch) => void }) {
  const t = useT();
  const shaping = shapingOf(found);
  const whole = (text: string) => Number(text) || 0;
  return (
    <>
      <Field label={t('netPortsOf')} name="ports" value={String(found.ports)} onSave={(ports) => onSave({ ...found, ports: whole(ports) })} />
      <Field label={t('netRate')} name="rate" value={found.rate ?? '1Gbps'} onSave={(rate) => onSave({ ...found, rate })} />
      <Field label={t('netQueues')} name="queues" value={String(found.queues ?? 8)} onSave={(queues) => onSave({ ...found, queues: whole(queues) })} />
      <Field label={t('netProcessing')} name="processing" value={found.processing ?? '2us'} hint={t('netRangeHint')} onSave={(processing) => onSave({ ...found, processing })} />
      <label><span>{t('netForwarding')}</span>
        <select className="field" name="forwarding" value={found.forwarding ?? 'store-and-forward'} onChange={(event) => onSave({ ...found, forwarding: event.target.value })}>
          <option value="store-and-forward">{t('netStoreForward')}</option><option value="cut-through">{t('netCutThrough')}</option>
        </select>
      </label>
      <label><span>{t('netShaper')}</span>
        <select className="field" name="shaper" value={shaping} title={t('netShaperHint')} onChange={(event) => onSave(withShaping(found, event.target.value as Shaping))}>
          <option value="none">{t('netUnshaped')}</option><option value="credit">{t('netCredit')}</option><option value="asynchronous">{t('netAsynchronous')}</option>
        </select>
      </label>
      {shaping === 'credit' && <Field label={t('netIdleSlope')} name="slope" value={found.shaper ?? ''} onSave={(shaper) => onSave({ ...found, shaper })} />}
      <Field
        label={t('netEntries')} name="entries" value={found.gates ? String(found.gates.entries) : ''} placeholder={t('netAny')}
        onSave={(entries) => onSave(defined({ ...found, gates: entries ? { entries: whole(entries), tick: found.gates?.tick ?? '1ns' } : undefined }))}
      />
      {found.gates && <Field label={t('netTick')} name="tick" value={found.gates.tick} onSave={(tick) => onSave({ ...found, gates: { ...found.gates!, tick } })} />}
    </>
  );
}

/** The connections whose devices a station reaches: told, and kept as they are. */
function Carried({ carries }: { carries: readonly string[] }) {
  const t = useT();
  return carries.length === 0 ? null : <p className="wide soft">{t('netCarries', { connections: carries.join(', ') })}</p>;
}

interface FieldProps { label: string; name: string; value: string; hint?: string; placeholder?: string; wide?: boolean; onSave: (value: string) => void }

function Field({ label, name, value, hint, placeholder, wide = false, onSave }: FieldProps) {
  const [text, setText] = useState(value);
  const save = () => {
    if (text.trim() !== value) onSave(text.trim());
  };
  return (
    <label className={wide ? 'double' : undefined} title={hint}><span>{label}</span>
      <input
        className="field num" name={name} value={text} spellCheck={false} placeholder={placeholder} onChange={(event) => setText(event.target.value)} onBlur={save}
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
      <div className="chips pad">{links.map((link) => {
        const [a, b] = link.between;
        const told = [a === name ? b : a, markOf(kindOf(link)), link.rate].filter(Boolean).join(' · ');
        return <button key={`${a}>${b}`} className="button chip" type="button" onClick={() => onChoose({ kind: 'link', ends: [a, b] })}>{told}</button>;
      })}</div>
    </>
  );
}
