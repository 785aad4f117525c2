import { useSyncExternalStore } from 'react';
import { identity, type NodeTree } from './identity';
import { live } from './live';

type Listener = () => void;

const PERIOD_MILLIS = 1000;
const PATIENCE_MILLIS = 6000;
const BACKOFF_MILLIS = 2000;

/** What this server tells of, and its nodes of identifiers: asked for each second while somebody looks. */
class TreeStore {
  /** Whether there is a plant; null until it is known. */
  plant: boolean | null = null;
  /** Whether there is control logic. */
  plc = false;
  tree: NodeTree | null = null;
  failed = false;

  private readonly watchers = new Set<Listener>();
  private timer = 0;
  private running = false;

  /** Finds out what there is; where there is no plant, the connection to the nodes is the connection. */
  async start(): Promise<void> {
    try {
      const about = await identity.about();
      this.plant = about.plant;
      this.plc = about.plc ?? false;
    } catch {
      this.plant = true; // the stream of a plant tells why nothing is heard
    }
    if (this.plant) {
      live.start();
    } else {
      live.retryBy(() => this.again());
      this.again();
    }
    this.tell();
  }

  watch(listener: Listener): () => void {
    this.watchers.add(listener);
    if (this.plant && !this.running && this.wanted()) this.again();
    return () => this.watchers.delete(listener);
  }

  private wanted(): boolean {
    return this.plant === false || this.watchers.size > this.quiet;
  }

  /** Listeners that only want to know whether there is a plant. */
  quiet = 0;

  private again(): void {
    window.clearTimeout(this.timer);
    this.running = true;
    void this.poll();
  }

  private async poll(): Promise<void> {
    const late = AbortSignal.timeout(PATIENCE_MILLIS);
    try {
      if (document.visibilityState === 'visible' || !this.tree) this.tree = await identity.nodes(late);
      this.failed = false;
      if (this.plant === false) live.report({ state: 'live' });
    } catch {
      this.failed = true;
      if (this.plant === false) {
        const since = live.link.state === 'lost' ? live.link.since : Date.now();
        live.report({ state: 'lost', since, retryAt: Date.now() + BACKOFF_MILLIS });
      }
    }
    this.tell();
    this.running = this.wanted();
    if (this.running) this.timer = window.setTimeout(() => void this.poll(), this.failed ? BACKOFF_MILLIS : PERIOD_MILLIS);
  }

  private tell(): void {
    for (const listener of this.watchers) listener();
  }
}

export const trees = new TreeStore();

const onTree = (listener: Listener) => trees.watch(listener);

/** The nodes of identifiers, at most a second old. */
export function useTree(): NodeTree | null {
  return useSyncExternalStore(onTree, () => trees.tree);
}

const onPlantKnown = (listener: Listener) => {
  trees.quiet++;
  const end = trees.watch(listener);
  return () => {
    trees.quiet--;
    end();
  };
};

/** Whether this server has a plant; null until it is known. */
export function useHasPlant(): boolean | null {
  return useSyncExternalStore(onPlantKnown, () => trees.plant);
}

/** Whether this server runs control logic. */
export function useHasPlc(): boolean {
  return useSyncExternalStore(onPlantKnown, () => trees.plc);
}
