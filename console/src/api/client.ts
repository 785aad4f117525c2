import type { Message } from './network';
import type { History, LatestValue, Plant, PlantState, SignalValue, WriteResult } from './types';

const TOKEN_KEY = 'millwright.token';

/** An answer of the API that is not a success: RFC 9457 problem details, or the bare HTTP status. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    /** The detail by its code, for other languages; null where it has none. */
    readonly told: Message | null = null,
  ) {
    super(detail || title);
  }
}

let askForToken: () => void = () => undefined;

/** What to do when the node wants a token; set once by the application. */
export function onTokenNeeded(ask: () => void): void {
  askForToken = ask;
}

export function keepToken(token: string): void {
  sessionStorage.setItem(TOKEN_KEY, token);
}

function headers(extra: Record<string, string>): Record<string, string> {
  const token = sessionStorage.getItem(TOKEN_KEY);
  return token ? { ...extra, Authorization: `Bearer ${token}` } : extra;
}

/** Sends a request below `api/v1` and hands back a successful response; everything else is a `Problem`. */
export async function send(path: string, init: RequestInit & { accept?: string } = {}): Promise<Response> {
  const { accept = 'application/json', headers: given, ...rest } = init;
  const response = await fetch(`api/v1${path}`, {
    ...rest,
    cache: 'no-store',
    headers: headers({ Accept: accept, ...(given as Record<string, string> | undefined) }),
  });
  if (response.ok) return response;
  if (response.status === 401) askForToken();
  throw await problemOf(response);
}

async function problemOf(response: Response): Promise<Problem> {
  const text = await response.text();
  if (response.headers.get('Content-Type')?.includes('json')) {
    try {
      const { title, detail = '', code, arguments: given = {} } = JSON.parse(text) as { title?: string; detail?: string } & Partial<Message>;
      return new Problem(response.status, title ?? response.statusText, detail, code ? { text: detail, code, arguments: given } : null);
    } catch {
      // A problem document that is cut off says no more than its status.
    }
  }
  return new Problem(response.status, response.statusText || `HTTP ${response.status}`, '');
}

async function json<T>(path: string, init?: RequestInit): Promise<T> {
  return (await (await send(path, init)).json()) as T;
}

export function query(parameters: Record<string, string | number | readonly string[]>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    for (const item of Array.isArray(value) ? value : [value]) search.append(name, String(item));
  }
  const text = search.toString();
  return text ? `?${text}` : '';
}

function pathOf(name: string): string {
  return name.split('/').map(encodeURIComponent).join('/');
}

export const api = {
  plant: (): Promise<Plant> => json('/plant'),
  state: (): Promise<PlantState> => json('/state'),
  values: (signals: readonly string[], cancel?: AbortSignal): Promise<LatestValue[]> =>
    json(`/values${query({ signal: signals })}`, cancel ? { signal: cancel } : {}),
  history: (signal: string, from: number, to: number, buckets: number, cancel: AbortSignal): Promise<History> =>
    json(`/history${query({ signal, from: Math.floor(from), to: Math.ceil(to), buckets })}`, { signal: cancel }),
  write: (signal: string, value: SignalValue): Promise<WriteResult> =>
    json(`/values/${pathOf(signal)}`, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ value }),
    }),
};
