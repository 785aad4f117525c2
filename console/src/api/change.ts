import { useEffect, useState, useSyncExternalStore } from 'react';
import { plcApi, type ChangedText, type PlcChange } from './plc';
import { plcStatus } from './plcHooks';

const QUICK_MILLIS = 250;
const SLOW_MILLIS = 1500;
const PATIENCE_MILLIS = 10_000;

/** The last change of the program, asked for while somebody looks; often while it is being made. */
class ChangeStore {
  change: PlcChange | null = null;

  private readonly watchers = new Set<() => void>();
  private timer = 0;
  private asking = false;

  watch(listener: () => void): () => void {
    this.watchers.add(listener);
    if (!this.asking && !this.timer) void this.poll();
    return () => this.watchers.delete(listener);
  }

  /** What an operation has answered is newer than what was asked for. */
  put(change: PlcChange): void {
    this.change = change;
    for (const listener of this.watchers) listener();
    window.clearTimeout(this.timer);
    if (!this.asking) this.timer = window.setTimeout(() => void this.poll(), QUICK_MILLIS);
    plcStatus.again();
  }

  private async poll(): Promise<void> {
    this.timer = 0;
    this.asking = true;
    try {
      this.change = await plcApi.change(AbortSignal.timeout(PATIENCE_MILLIS));
    } catch {
      // The page says itself that the node is lost.
    }
    this.asking = false;
    for (const listener of this.watchers) listener();
    const quick = this.change?.state === 'shadowing' || this.change?.state === 'swapped';
    if (this.watchers.size > 0) this.timer = window.setTimeout(() => void this.poll(), quick ? QUICK_MILLIS : SLOW_MILLIS);
  }
}

export const plcChange = new ChangeStore();
const onChange = (listener: () => void) => plcChange.watch(listener);

export function useChange(): PlcChange | null {
  return useSyncExternalStore(onChange, () => plcChange.change);
}

/** What the change of that moment does to the texts; null until it is read. */
export function useChangedTexts(proposed: number): readonly ChangedText[] | null {
  const [read, setRead] = useState<{ of: number; texts: ChangedText[] } | null>(null);
  useEffect(() => {
    if (proposed === 0) return undefined;
    let over = false;
    plcApi.changedTexts().then((texts) => {
      if (!over) setRead({ of: proposed, texts });
    }, () => undefined);
    return () => {
      over = true;
    };
  }, [proposed]);
  return read?.of === proposed ? read.texts : null;
}
