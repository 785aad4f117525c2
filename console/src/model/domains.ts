import type { Domain, Network, Switch } from '../api/network';
import { defined } from './links';
import { nextName } from './network';

/** Stands for a domain that is yet to be made. */
export const NEW_DOMAIN = '+';

/** The domain that a node is in: a switch says its own, a station is in that of its switches, if they are in one. */
export function domainOf(network: Network, name: string): string | null {
  const found = network.switches[name];
  if (found) return found.domain ?? null;
  const domains = network.links.filter(({ between }) => between.includes(name)).map(({ between: [a, b] }) => network.switches[a === name ? b : a]?.domain);
  return domains.length > 0 && domains.every((domain) => domain === domains[0]) ? domains[0] ?? null : null;
}

/** The domains that a switch is in; where none is any more, the network is one whole. */
function used(network: Network): Network {
  const names = new Set(Object.values(network.switches).map(({ domain }) => domain));
  const domains = Object.fromEntries(Object.entries(network.domains ?? {}).filter(([name]) => names.has(name)));
  return defined({ ...network, domains: Object.keys(domains).length > 0 ? domains : undefined });
}

function mapped(network: Network, change: (found: Switch, name: string) => Switch): Network {
  return { ...network, switches: Object.fromEntries(Object.entries(network.switches).map(([name, found]) => [name, change(found, name)])) };
}

/** The network with a switch in a domain, an old or a new one; without any, it is one whole again. Where there are domains, each switch is in one: the first is that of all. */
export function withDomain(network: Network, name: string, domain: string): Network {
  if (domain === '') return defined({ ...mapped(network, (found) => defined({ ...found, domain: undefined })), domains: undefined });
  const domains = network.domains ?? {};
  const wanted = domain === NEW_DOMAIN ? nextName((taken) => taken in domains, 'domain') : domain;
  const first = Object.keys(domains).length === 0;
  return used({
    ...mapped(network, (found, each) => (first || each === name ? { ...found, domain: wanted } : found)),
    domains: wanted in domains ? domains : { ...domains, [wanted]: { kind: 'cell' } },
  });
}

export function withDomainNamed(network: Network, before: string, after: string): Network {
  const domains = network.domains ?? {};
  if (!after || after in domains) return network;
  return {
    ...mapped(network, (found) => (found.domain === before ? { ...found, domain: after } : found)),
    domains: Object.fromEntries(Object.entries(domains).map(([name, domain]) => [name === before ? after : name, domain])),
  };
}

export function withDomainChanged(network: Network, name: string, domain: Domain): Network {
  return { ...network, domains: { ...network.domains, [name]: domain } };
}

/** The network without what a node that is gone leaves behind. */
export function tidied(network: Network): Network {
  return network.domains ? used(network) : network;
}

/** A switch as a network wants a new one: in the domain of what it is linked to, or the first, where there are domains. */
export function newSwitch(network: Network, to: string): Switch {
  const domain = network.domains && (domainOf(network, to) ?? Object.keys(network.domains)[0]);
  return defined({ ports: 8, rate: '1Gbps', domain });
}

/** Who is in each domain, in the order of the domains. */
export function membersOf(network: Network): { name: string; domain: Domain; nodes: ReadonlySet<string> }[] {
  const nodes = [...Object.keys(network.switches), ...Object.keys(network.stations)].map((name) => [name, domainOf(network, name)] as const);
  return Object.entries(network.domains ?? {}).map(([name, domain]) => ({ name, domain, nodes: new Set(nodes.filter(([, of]) => of === name).map(([node]) => node)) }));
}

