import type { Change, Hop, Link, Network, Plan, Stream } from '../api/network';

export const EMPTY: Network = { switches: {}, stations: {}, links: [], streams: {} };

/** A small cell to begin with. */
export const EXAMPLE: Network = {
  switches: { 'sw-1': { ports: 8, rate: '1Gbps' }, 'sw-2': { ports: 8, rate: '1Gbps' } },
  stations: { controller: {}, 'robot-1': {}, 'io-1': {}, 'camera-1': {} },
  links: [
    { between: ['sw-1', 'sw-2'] }, { between: ['controller', 'sw-1'] }, { between: ['robot-1', 'sw-1'], rate: '100Mbps' },
    { between: ['io-1', 'sw-2'], rate: '100Mbps' }, { between: ['camera-1', 'sw-2'] },
  ],
  streams: {
    axes: { talker: 'controller', listeners: ['robot-1'], size: '128B', period: '500us', deadline: '100us' },
    inputs: { talker: 'io-1', listeners: ['controller'], size: '100B', period: '1ms', deadline: '200us' },
    image: { talker: 'camera-1', listeners: ['controller'], size: '1500B', period: '250us', deadline: '250us' },
  },
};

const NAME = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,127}$/u;

/** Whether something may be called so: a name as the plant file takes it, which nothing in the drawing has yet. */
export function isFree(network: Network, name: string): boolean {
  return NAME.test(name) && !(name in network.switches) && !(name in network.stations);
}

export function isFreeStream(network: Network, name: string): boolean {
  return NAME.test(name) && !(name in network.streams);
}

/** The first of `base-1`, `base-2`, … that is free. */
export function nextName(taken: (name: string) => boolean, base: string): string {
  for (let i = 1; ; i++) if (!taken(`${base}-${i}`)) return `${base}-${i}`;
}

export function without<T>(record: Readonly<Record<string, T>>, key: string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));
}

/** The network without a node, its links, and the streams that have nobody left to talk or to listen. */
export function withoutNode(network: Network, name: string): Network {
  const streams = Object.entries(network.streams).flatMap(([key, stream]): [string, Stream][] => {
    const listeners = stream.listeners.filter((listener) => listener !== name);
    return stream.talker === name || listeners.length === 0 ? [] : [[key, { ...stream, listeners }]];
  });
  return {
    ...network, switches: without(network.switches, name), stations: without(network.stations, name),
    links: network.links.filter(({ between }) => !between.includes(name)), streams: Object.fromEntries(streams),
  };
}

export function joins({ between: [one, other] }: Link, a: string, b: string): boolean {
  return (one === a && other === b) || (one === b && other === a);
}

/** A link under one key, whichever way it is named. */
export function linkKey(a: string, b: string): string {
  return a < b ? `${a}|${b}` : `${b}|${a}`;
}

/** Ports that a stream passes, as the plan says: 1 or 2 where one way of a redundant stream does, else 0. */
export function wayOf(plan: Plan | null, stream: string | null): ReadonlyMap<string, Hop['member']> {
  const way = new Map<string, Hop['member']>();
  for (const { from, to, member } of plan?.streams.find(({ name }) => name === stream)?.hops ?? []) {
    const key = `${from}>${to}`;
    way.set(key, way.has(key) ? 0 : member);
  }
  return way;
}

/** Streams and links that a plan says are in conflict. */
export function conflictOf(plan: Plan | null): { streams: ReadonlySet<string>; links: ReadonlySet<string> } {
  if (!plan || plan.result === 'scheduled') return { streams: new Set(), links: new Set() };
  const streams = new Set([...plan.reasons.flatMap((reason) => reason.streams), ...plan.conflicting]);
  if (streams.size === 0) plan.missing.forEach((name) => streams.add(name));
  const named = [...plan.reasons.flatMap((reason) => reason.links), ...plan.narrow].map(([a, b]) => linkKey(a, b));
  const passed = named.length > 0 ? [] : plan.streams.filter(({ name }) => streams.has(name)).flatMap(({ hops }) => hops.map(({ from, to }) => linkKey(from, to)));
  return { streams, links: new Set([...named, ...passed]) };
}

/** The network with a change that a plan proposes. */
export function repaired(network: Network, { kind, names: [name = '', second = '', third = ''], value }: Change): Network {
  const stream = network.streams[name];
  const withStream = (change: Partial<Stream>) => (stream ? { ...network, streams: { ...network.streams, [name]: { ...stream, ...change } } } : network);
  switch (kind) {
    case 'relax': return withStream({ deadline: asDuration(value) });
    case 'shorten': return withStream({ size: `${value}B` });
    case 'lengthen': return withStream({ period: asDuration(value) });
    case 'drop': return { ...network, streams: without(network.streams, name) };
    case 'move': return { ...network, links: network.links.map((link) => (joins(link, name, second) ? { ...link, between: [name, third] as [string, string] } : link)) };
    case 'link': return { ...network, links: [...network.links, { between: [name, second] }] };
  }
}

/** Nanoseconds as a plant file has them: whole, in the largest unit that can be. */
export function asDuration(nanos: number): string {
  const [size, unit] = ([[1e9, 's'], [1e6, 'ms'], [1e3, 'us']] as const).find(([each]) => nanos % each === 0) ?? [1, 'ns'];
  return `${nanos / size}${unit}`;
}

/** Nanoseconds as engineers read them: at most four figures, the exact number elsewhere. */
export function formatNanos(nanos: number): string {
  const steps: readonly [number, string][] = [[1e9, 's'], [1e6, 'ms'], [1e3, 'µs']];
  const [size, unit] = steps.find(([least]) => Math.abs(nanos) >= least) ?? [1, 'ns'];
  const value = nanos / size;
  return `${Number(value.toPrecision(Math.abs(value) >= 1000 ? Math.ceil(Math.log10(Math.abs(value))) : 4))} ${unit}`;
}

/** A quantity of the plant file as engineers read it: `500us` is 500 µs. What is no number with a unit stays as it is. */
export function formatQuantity(text: string): string {
  const [, number, unit] = /^([\d.]+)\s*([A-Za-zµ]+)$/.exec(text.trim()) ?? [];
  return number && unit ? `${number} ${unit === 'us' ? 'µs' : unit}` : text;
}

/** The drawing as a section of a plant file: JSON, which is YAML too, a thing to a line. */
export function asPlantFile(network: Network): string {
  const lines = ['network:'];
  for (const [key, things] of [['domains', network.domains ?? {}], ['switches', network.switches], ['stations', network.stations], ['streams', network.streams]] as const) {
    if (key === 'streams') {
      lines.push('  links:', ...network.links.map((link) => `    - ${JSON.stringify(link)}`));
    }
    if (Object.keys(things).length > 0) lines.push(`  ${key}:`, ...Object.entries(things).map(([name, thing]) => `    ${JSON.stringify(name)}: ${JSON.stringify(thing)}`));
  }
  return `${lines.filter((line, i) => line !== '  links:' || (lines[i + 1] ?? '').startsWith('    -')).join('\n')}\n`;
}
