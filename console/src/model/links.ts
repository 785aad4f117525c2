import type { Link, Network, StreamPlan, Switch } from '../api/network';

/** What a link is: `cable`, `5g`, `wifi` or `pon`; a kind that is not known here stays as it is. */
export type LinkKind = string;
export const LINK_KINDS: readonly LinkKind[] = ['cable', '5g', 'wifi', 'pon'];

/** What stands at the middle of a line, the same in all languages; a cable has nothing there. */
export const KIND_MARKS: Readonly<Record<string, string>> = { '5g': '5G', wifi: 'Wi-Fi', pon: 'PON' };

export function kindOf(link: Link): LinkKind {
  return link.kind ?? 'cable';
}

export function markOf(kind: LinkKind): string {
  return kind === 'cable' ? '' : KIND_MARKS[kind] ?? kind;
}

export function isRadio(kind: LinkKind): boolean {
  return kind === '5g' || kind === 'wifi';
}

/** The kinds that a network has, in the order in which people think of them. */
export function kindsIn(network: Network): LinkKind[] {
  const kinds = new Set(network.links.map(kindOf));
  return [...LINK_KINDS.filter((kind) => kinds.has(kind)), ...[...kinds].filter((kind) => !LINK_KINDS.includes(kind))];
}

/** The link as one of another kind: with what that kind needs, and without what it has no use for. */
export function asKind(link: Link, kind: LinkKind): Link {
  if (kind === kindOf(link)) return link;
  const { between, rate, delay } = link;
  const percentiles = typeof delay === 'object' ? delay : undefined;
  const time = typeof delay === 'string' ? delay : undefined;
  return defined({
    between, rate, delay: isRadio(kind) ? percentiles ?? { '99.9%': '10ms' } : time, kind: kind === 'cable' ? undefined : kind,
    cycle: kind === 'pon' ? link.cycle ?? '125us' : undefined, slot: kind === 'pon' ? link.slot ?? '1500B' : undefined,
  });
}

/** The delay as it is typed: `5us`, `2us..5us`, or of radio `50% 3ms, 99.9% 7ms`. */
export function delayText({ delay }: Link): string {
  return typeof delay === 'object' ? Object.entries(delay).map(([share, time]) => `${share} ${time}`).join(', ') : delay ?? '';
}

/** The link with a delay as it is typed; what cannot be read as percentiles is left to the node to judge. */
export function withDelay(link: Link, text: string): Link {
  if (!isRadio(kindOf(link))) return defined({ ...link, delay: text.trim() || undefined });
  const parts = text.split(/[,;，；、]/).map((part) => part.trim()).filter(Boolean);
  return { ...link, delay: Object.fromEntries(parts.map((part) => {
    const [, share = part, time = ''] = /^([\d.]+\s*[%％])\s*[:：=]?\s*(.*)$/.exec(part) ?? [];
    return [share.replace(/\s/g, '').replace('％', '%'), time];
  })) };
}

export type Shaping = 'none' | 'credit' | 'asynchronous';

export function shapingOf({ shaper }: Switch): Shaping {
  return shaper === undefined ? 'none' : shaper === 'asynchronous' ? 'asynchronous' : 'credit';
}

export function withShaping(found: Switch, shaping: Shaping): Switch {
  const shaper = { none: undefined, asynchronous: 'asynchronous', credit: shapingOf(found) === 'credit' ? found.shaper : '20Mbps' }[shaping];
  return defined({ ...found, shaper });
}

/** Without what is not said. */
export function defined<T extends object>(thing: { [key in keyof T]: T[key] | undefined }): T {
  return Object.fromEntries(Object.entries(thing).filter(([, value]) => value !== undefined)) as T;
}

/** A probability in percent, without the noise of binary fractions. */
export function percentOf(probability: number): string {
  return String(Number((probability * 100).toPrecision(12)));
}

/** The longest delay of a stream that sends when it likes: between the gates of a schedule, or without gates. */
export function longestOf({ beside, bound }: StreamPlan, gates: boolean): number | null {
  return gates ? beside : bound;
}

/** Whether a stream that sends when it likes is in time, no more of its frames are lost than it tolerates, and no domain takes more than its budget. */
export function isKept(stream: StreamPlan, gates: boolean): boolean {
  const longest = longestOf(stream, gates);
  return longest !== null && longest <= stream.deadline && (stream.likely?.enough ?? true) && stream.shares.every(({ holds }) => holds);
}
