import { useState } from 'react';

/** Names that this browser keeps under a key. */
export function useKept(key: string): [readonly string[], (names: readonly string[]) => void] {
  const [names, setNames] = useState(() => keptIn(localStorage.getItem(key)));
  return [names, (next) => {
    localStorage.setItem(key, JSON.stringify(next));
    setNames(next);
  }];
}

/** What was kept; nothing where that is no list of names. */
export function keptIn(text: string | null): readonly string[] {
  try {
    const kept: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(kept) ? kept.filter((name): name is string => typeof name === 'string') : [];
  } catch {
    return [];
  }
}
