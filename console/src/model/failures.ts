import type { FailedPart, Failure, Hop, Plan } from '../api/network';
import { linkKey, wayOf } from './network';

/** What becomes of a stream when something fails. */
export type Fate = 'untouched' | 'covered' | 'reduced' | 'moved' | 'lost' | 'open';

export function fateOf(failure: Failure, stream: string): Fate {
  if (failure.moved.some((moved) => moved.stream === stream)) return 'moved';
  if (failure.lost.some((lost) => lost.stream === stream)) return 'lost';
  if (failure.covered.some((covered) => covered.stream === stream)) return 'covered';
  if (failure.reduced.some((reduced) => reduced.stream === stream)) return 'reduced';
  return failure.open.includes(stream) ? 'open' : 'untouched';
}

/** Whether a link is gone, by itself or with one of its ends. */
export function takesLink({ kind, nodes, and }: FailedPart, a: string, b: string): boolean {
  const takes = kind === 'link' ? linkKey(nodes[0]!, nodes[1]!) === linkKey(a, b) : nodes.includes(a) || nodes.includes(b);
  return takes || (and !== undefined && takesLink(and, a, b));
}

export function takesNode({ kind, nodes, and }: FailedPart, name: string): boolean {
  return (kind !== 'link' && nodes.includes(name)) || (and !== undefined && takesNode(and, name));
}

/** The failure of a node, or of the link of two, alone, in a list of all; -1 if there is none. */
export function numberOf(parts: readonly FailedPart[], nodes: readonly string[]): number {
  return parts.findIndex((part) => !part.and && part.nodes.length === nodes.length && (nodes.length === 1 ? takesNode(part, nodes[0]!) : takesLink(part, nodes[0]!, nodes[1]!)));
}

/** Ports that a stream passes after a failure, as `wayOf` says them: its new way where it moves, none where it is lost. */
export function wayAfter(plan: Plan | null, failure: Failure | null, stream: string | null): ReadonlyMap<string, Hop['member']> {
  if (!failure || !stream) return wayOf(plan, stream);
  const fate = fateOf(failure, stream);
  if (fate === 'lost' || fate === 'open') return new Map();
  const moved = failure.moved.find((each) => each.stream === stream);
  if (moved) return new Map(moved.hops.map(({ from, to }) => [`${from}>${to}`, 0]));
  return new Map([...wayOf(plan, stream)].filter(([port]) => {
    const [from = '', to = ''] = port.split('>');
    return !takesLink(failure.failed, from, to);
  }));
}

/** How many failures cost a stream, and how many have not been looked at to the end. */
export function summary(failures: readonly Failure[]): { losing: number; moving: number; open: number; outage: number } {
  return {
    losing: failures.filter(({ lost, reduced }) => lost.length + reduced.length > 0).length,
    moving: failures.filter(({ moved }) => moved.length > 0).length,
    open: failures.filter(({ open, verified }) => open.length > 0 || verified === false).length,
    outage: Math.max(0, ...failures.map(({ outage }) => outage ?? 0)),
  };
}
