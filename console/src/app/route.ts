import { useSyncExternalStore } from 'react';

export const pages = ['overview', 'plant', 'trends', 'plc', 'network', 'identifiers', 'nodes', 'records'] as const;
export type Page = (typeof pages)[number];

/** Pages that need a plant; the others are about identifiers. */
export const plantPages: readonly Page[] = ['overview', 'plant', 'trends', 'plc', 'network'];
export const identityPages: readonly Page[] = ['identifiers', 'nodes', 'records'];

export interface Route {
  readonly page: Page;
  /** What follows the page's name, e.g. an identifier. */
  readonly rest: string;
  readonly search: URLSearchParams;
}

/** Routes live behind the hash, so that any static server can serve the console. */
export function parseRoute(hash: string): Route {
  const text = hash.replace(/^#\/?/, '');
  const mark = text.indexOf('?');
  const path = mark < 0 ? text : text.slice(0, mark);
  const [first = '', ...rest] = path.split('/');
  const page = pages.find((name) => name === first) ?? 'overview';
  return { page, rest: rest.map(decode).join('/'), search: new URLSearchParams(mark < 0 ? '' : text.slice(mark + 1)) };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export function hrefOf(page: Page, rest = '', search: Record<string, string> = {}): string {
  const path = [page, ...(rest ? rest.split('/').map(encodeURIComponent) : [])].join('/');
  const tail = new URLSearchParams(search).toString();
  return `#/${path}${tail ? `?${tail}` : ''}`;
}

/** Changes the address without a new entry in the history; pages keep their state in it. */
export function replaceRoute(href: string): void {
  if (href !== location.hash) window.history.replaceState(null, '', href);
}

let current = { hash: '', route: parseRoute('') };

function route(): Route {
  if (current.hash !== location.hash) current = { hash: location.hash, route: parseRoute(location.hash) };
  return current.route;
}

export function useRoute(): Route {
  return useSyncExternalStore((listener) => {
    window.addEventListener('hashchange', listener);
    return () => window.removeEventListener('hashchange', listener);
  }, route);
}
