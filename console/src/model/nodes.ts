import type { KnownNode, NodeTree, Role } from '../api/identity';

const order: readonly Role[] = ['recursive', 'root', 'national', 'second-level', 'enterprise'];

/** The nodes by tier; who stands between clients and tree first. A mirror stands behind its primary. */
export function tiersOf(nodes: readonly KnownNode[]): { role: Role; nodes: KnownNode[] }[] {
  return order
    .map((role) => ({ role, nodes: withMirrors(nodes.filter((node) => node.role === role)) }))
    .filter((tier) => tier.nodes.length > 0);
}

function withMirrors(nodes: readonly KnownNode[]): KnownNode[] {
  const primaries = nodes.filter(({ follows }) => !follows);
  const mirrors = nodes.filter(({ follows }) => follows);
  const placed = primaries.flatMap((primary) => [primary, ...mirrors.filter(({ follows }) => follows === primary.name)]);
  return [...placed, ...mirrors.filter((mirror) => !placed.includes(mirror))];
}

export interface Edge { from: string; to: string; kind: 'delegates' | 'follows' | 'asks' }

export function edgesOf({ nodes, root }: NodeTree): Edge[] {
  return nodes.flatMap((node): Edge[] => {
    if (node.role === 'recursive') return root ? [{ from: node.name, to: root, kind: 'asks' }] : [];
    if (node.follows) return [{ from: node.follows, to: node.name, kind: 'follows' }];
    return node.above ? [{ from: node.above, to: node.name, kind: 'delegates' }] : [];
  });
}

/** Later than this is behind: mirrors ask every few seconds at most. */
const BEHIND_MILLIS = 10_000;

export function stateOf({ state, replication }: KnownNode): 'running' | 'stopped' | 'behind' | 'unknown' {
  if (state === 'stopped') return 'stopped';
  if (!replication) return 'running';
  if (replication.primaryPosition === null) return 'unknown';
  return (replication.lagMillis ?? 0) > BEHIND_MILLIS ? 'behind' : 'running';
}

/** The newest point; null where the node was stopped. */
export function lastOf(points: readonly (number | null)[]): number | null {
  return points[points.length - 1] ?? null;
}
