/** The JSON of the node's HTTP API about networks. */
import { query, send } from './client';

/** A switch, as in the plant file: quantities are texts with their units. */
export interface Switch { ports: number; rate?: string; queues?: number; processing?: string; forwarding?: string; gates?: { entries: number; tick: string }; shaper?: string; domain?: string }
/** A part of the network with a time of its own: `cell`, `plant` or `wide-area`; the longest that a frame may take in it, and how far its clocks may be off. */
export interface Domain { kind: string; budget?: string; sync?: string }
export interface Station { carries?: readonly string[] }
/** A cable, a radio link with its percentiles, or a passive optical network with its slots. */
export interface Link { between: readonly [string, string]; rate?: string; delay?: string | Readonly<Record<string, string>>; kind?: string; cycle?: string; slot?: string }
export type StreamClass = 'scheduled' | 'sporadic';
export interface Stream {
  talker: string;
  listeners: readonly string[];
  size: string;
  period: string;
  deadline?: string;
  jitter?: string;
  class?: StreamClass;
  redundancy?: 1 | 2;
  /** Which part of its frames may be lost, e.g. 0.0001; as it is typed while it is edited. */
  loss?: number | string;
}

/** What stands under `network` in a plant file. */
export interface Network {
  /** Parts with a time of their own; without them the network is one whole. */
  domains?: Readonly<Record<string, Domain>>;
  switches: Readonly<Record<string, Switch>>;
  stations: Readonly<Record<string, Station>>;
  links: readonly Link[];
  streams: Readonly<Record<string, Stream>>;
}

/** What a message is about: a name or a number, a time, a link, a noun of the plant file, several of these, lines, or a part with arguments of its own. */
export type Argument =
  | string | number | { nanos: number } | { link: readonly [string, string] } | { some: readonly Argument[]; more: number }
  | { term: string } | { lines: readonly Message[] } | Saying;
/** A text by its code. */
export interface Saying { code: string; arguments: Readonly<Record<string, Argument>>; text?: string }
/** What the node says: in English, and by a code for other languages. */
export interface Message extends Saying { text: string }

/** A frame on a link; times in nanoseconds, null where the stream has no place. `member` is 1 or 2 on the ways of a redundant stream. */
export interface Hop { from: string; to: string; member: 0 | 1 | 2; queue: number | null; start: number | null; end: number | null; arrival: number | null }

/** The probability with which a frame that passes radio links is there within its bound, or more; the `loss` that its stream tolerates, and whether that is `enough`. */
export interface Likely { probability: number; loss: number; enough: boolean }

/** What a stream takes in a domain, and whether that is within its budget. */
export interface Share { domain: string; delay: number; budget: number | null; holds: boolean }

export interface StreamPlan {
  name: string;
  scheduled: boolean;
  period: number;
  deadline: number;
  delay: number | null;
  /** The longest delay if no gate ever closed. */
  bound: number | null;
  /** The longest delay of a sporadic stream between the gates of the schedule. */
  beside: number | null;
  /** For which of its frames bounds hold; null where they hold for every one. */
  likely: Likely | null;
  /** What a sporadic stream takes of `beside` in each domain, or of `bound` where there is no schedule; none in a network that is one whole. */
  shares: readonly Share[];
  hops: readonly Hop[];
}

export interface Gate { queue: number; start: number; end: number }
/** `load` and `rest`, what is left to all others, are parts of the time of a port. */
export interface PortPlan { from: string; to: string; load: number; rest: number | null; gates: readonly Gate[] }
export interface Reason { message: Message; streams: readonly string[]; links: readonly (readonly [string, string])[] }

/** A change: of a stream, a station and two switches, or two switches; `value` in nanoseconds or octets. */
export interface Change { kind: 'relax' | 'shorten' | 'lengthen' | 'drop' | 'move' | 'link'; names: readonly string[]; value: number; message: Message }
export interface Repair { changes: readonly Change[] }

export interface Plan {
  /** `bounded` where no stream wants a schedule. */
  result: 'scheduled' | 'bounded' | 'impossible' | 'not-found';
  hyperperiod: number;
  seconds: number;
  verdict: { verified: boolean; frames: number; hyperperiods: number; violations: readonly Message[] } | null;
  /** The name under which the node keeps the schedule; null where there is none. */
  kept: string | null;
  reasons: readonly Reason[];
  missing: readonly string[];
  conflicting: readonly string[];
  /** Links on which those in conflict do not go together. */
  narrow: readonly (readonly [string, string])[];
  /** What would do: each was scheduled and verified. */
  repairs: readonly Repair[];
  streams: readonly StreamPlan[];
  ports: readonly PortPlan[];
  notes: readonly Message[];
}

/** What fails: a link with its two ends, or a node; and what fails at the same time. */
export interface FailedPart { kind: 'link' | 'bridge' | 'station'; nodes: readonly string[]; and?: FailedPart }
export interface Moved { stream: string; gone: readonly string[]; before: number; delay: number; outage: number; framesLost: number; hops: readonly Hop[] }
export interface Partly { stream: string; gone: readonly string[] }
/** What changes at a device; windows in a hyperperiod. */
export interface DeviceChange {
  node: string; needed: boolean; lists: number; windowsAdded: number; windowsRemoved: number; routesAdded: number; routesRemoved: number; talkers: number;
}

/** What becomes of the streams of a plan when something fails; times in nanoseconds. */
export interface Failure {
  failed: FailedPart;
  untouched: readonly string[];
  covered: readonly Partly[];
  reduced: readonly Partly[];
  moved: readonly Moved[];
  lost: readonly { stream: string; proof: Message }[];
  open: readonly string[];
  changes: readonly DeviceChange[];
  /** Whether the checker accepts the alternative; null where no stream moves. */
  verified: boolean | null;
  violations: readonly Message[];
  outage: number | null;
  seconds: number;
}

export const networkApi = {
  read: async (): Promise<Network> => (await (await send('/network')).json()) as Network,
  /** Plans; a search that the same has asked for before is stopped. */
  plan: async (network: Network, seconds: number, by: string, cancel: AbortSignal): Promise<Plan> =>
    (await (
      await send(`/network/plan${query({ seconds, by })}`, {
        method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(network), signal: cancel,
      })
    ).json()) as Plan,
  /** All that may fail, each alone; then some pairs. */
  failures: async (plan: string, cancel: AbortSignal): Promise<FailedPart[]> =>
    (await (await send(`/network/plans/${plan}/failures`, { signal: cancel })).json()) as FailedPart[],
  failure: async (plan: string, number: number, cancel: AbortSignal): Promise<Failure> =>
    (await (await send(`/network/plans/${plan}/failures/${number}`, { signal: cancel })).json()) as Failure,
};
