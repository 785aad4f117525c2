// A stand-in for a node that serves the bundle and SIMULATED values over the HTTP contract. For tests only.
// By hand: `npm run mock`, with MW_PORT, MW_EXTRA (more signals) and MW_TOKEN (asks for that token).
import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, extname, join, normalize } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { history, makePlant, sampleAt } from './plant.mjs';

const bundle = join(dirname(fileURLToPath(import.meta.url)), '../../target/classes/console');
const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };
// What the node sends; Ant Design puts its styles into <style> elements, hence 'unsafe-inline' for styles only.
export const csp = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; frame-ancestors 'none'";

const LOST = 0x80310000;
const names = { 0: 'Good', 0x40940000: 'UncertainEngineeringUnitsExceeded', 0x808a0000: 'BadNotConnected', [LOST]: 'BadNoCommunication' };
const quality = (code) => ({ code, name: names[code], severity: ['good', 'uncertain', 'bad'][code >>> 30] });
const iso = (millis) => new Date(millis).toISOString();
const NOTHING = { reason: '', code: '', arguments: {} };
const CLOSED = { reason: '127.0.0.1:1502 closed the connection', code: 'device-closed', arguments: { device: '127.0.0.1:1502' } };
const NOBODY = {
  reason: 'nobody listens at mqtt://127.0.0.1:1883: is the broker running?', code: 'broker-nobody-listens',
  arguments: { broker: 'mqtt://127.0.0.1:1883' },
};

export class MockNode {
  constructor({ port = 0, extra = 0, token = null } = {}) {
    Object.assign(this, { port, token, plant: makePlant(extra), written: new Map(), requests: [], streams: new Set() });
    this.signals = new Map(this.plant.assets.flatMap((asset) => asset.signals).map((signal) => [signal.name, signal]));
    this.startedAt = Date.now();
  }

  async start() {
    this.server = createServer((request, response) => this.answer(request, response));
    await new Promise((resolve) => this.server.listen(this.port, '127.0.0.1', resolve));
    this.port = this.server.address().port;
    return this;
  }

  /** Goes away as a killed process does: every connection breaks at once. */
  async stop() {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  get url() {
    return `http://127.0.0.1:${this.port}`;
  }

  answer(request, response) {
    const url = new URL(request.url, this.url);
    this.requests.push(`${request.method} ${url.pathname}${url.search}`);
    if (!url.pathname.startsWith('/api/v1/')) return serveFile(url.pathname, response);
    if (this.token && request.headers.authorization !== `Bearer ${this.token}`) {
      return problem(response, 401, 'Unauthorized', 'This node wants a token.');
    }
    const [route, ...rest] = url.pathname.slice('/api/v1/'.length).split('/').map(decodeURIComponent);
    if (request.method === 'PUT' && route === 'values') return this.write(request, response, rest.join('/'));
    if (request.method === 'POST') return this.post(request, response, [route, ...rest].join('/'));
    const wanted = url.searchParams.getAll('signal');
    for (const name of wanted) {
      if (!this.signals.has(name)) return problem(response, 404, 'Unknown signal', `There is no signal ${name}.`);
    }
    const selected = wanted.length ? wanted.map((name) => this.signals.get(name)) : [...this.signals.values()];
    switch (route) {
      case 'plant': return json(response, this.plantJson());
      case 'state': return json(response, this.state());
      case 'values': return json(response, selected.map((signal) => this.latest(signal)));
      case 'history': return this.history(url, response, selected[0]);
      case 'stream': return this.stream(response, selected);
      case 'about': return json(response, { version: '0.1.0', plant: true });
      case 'nodes': return json(response, this.nodes());
      case 'records': return json(response, this.page(url.searchParams));
      default: return problem(response, 404, 'Not Found', url.pathname);
    }
  }

  plantJson() {
    const assets = this.plant.assets.map((asset) => ({
      ...asset,
      signals: asset.signals.map(({ name, unit, range, from, to, everyMillis, writable }) => ({
        name, unit, range, from, to, everyMillis, writable,
      })),
    }));
    return { ...this.plant, assets };
  }

  /** A device goes away: its signals turn bad once, and nothing comes until it is back. */
  breakConnection(name) {
    this.broken = { name, since: Date.now(), until: Number.POSITIVE_INFINITY };
  }

  mendConnection() {
    this.broken.until = Date.now();
  }

  isBroken(signal, at) {
    return Boolean(this.broken) && signal.from.startsWith(`${this.broken.name}/`) && at >= this.broken.since && at < this.broken.until;
  }

  sample(signal, at) {
    if (this.written.has(signal.name)) return { value: this.written.get(signal.name), status: 0 };
    return sampleAt(signal, at);
  }

  latest(signal) {
    const at = Math.floor(Date.now() / signal.everyMillis) * signal.everyMillis;
    const sample = this.sample(signal, at) ?? { value: null, status: 0x808a0000 };
    if (this.isBroken(signal, at)) {
      const since = iso(this.broken.since);
      return { signal: signal.name, value: null, quality: quality(LOST), sourceTime: since, receiveTime: since };
    }
    return {
      signal: signal.name, value: sample.value, quality: quality(sample.status), sourceTime: iso(at), receiveTime: iso(at + 3),
    };
  }

  history(url, response, signal) {
    const [from, to] = ['from', 'to'].map((key) => Number(url.searchParams.get(key)));
    const buckets = Number(url.searchParams.get('buckets') ?? 1200);
    if (!(from < to)) return problem(response, 400, 'Bad range', `from ${from} is not before to ${to}`);
    // The simulated plant has been running for a year.
    const start = Math.max(from, this.startedAt - 365 * 86_400_000);
    const answer = { ...history(signal, start, Math.min(to, Date.now()), buckets), from, to };
    return json(response, answer.kind === 'raw' ? this.withoutBroken(signal, answer) : answer);
  }

  withoutBroken(signal, raw) {
    const kept = raw.times.map((_, i) => i).filter((i) => !this.isBroken(signal, raw.times[i]));
    const rows = kept.map((i) => [raw.times[i], raw.values[i], raw.status[i], raw.receiveTimes[i]]);
    const { since } = this.broken ?? {};
    if (this.isBroken(signal, since) && since >= raw.from && since < raw.to) rows.push([since, null, LOST, since + 3]);
    rows.sort((a, b) => a[0] - b[0]);
    const column = (n) => rows.map((row) => row[n]);
    return { ...raw, times: column(0), values: column(1), status: column(2), receiveTimes: column(3) };
  }

  state() {
    const now = Date.now();
    const uptime = (now - this.startedAt) / 1000;
    const total = this.signals.size;
    const perSecond = [...this.signals.values()].reduce((sum, s) => sum + 1000 / s.everyMillis, 0);
    const link = (index, state, said, signals) => ({
      ...this.plant.connections[index], state, ...said, since: iso(this.startedAt), signals,
      good: state === 'connected' ? signals : 0, bad: state === 'connected' ? 0 : signals,
      perSecond: state === 'connected' ? perSecond / 3 : 0,
    });
    return {
      plant: this.plant.name, version: '0.1.0', startedAt: iso(this.startedAt), uptimeSeconds: uptime,
      samples: { received: Math.round(perSecond * uptime), stored: Math.round(perSecond * uptime), duplicate: 0, refused: 0, perSecond },
      latencyMillis: { p50: 6.2, p99: 18.4 },
      historian: { state: 'running', message: null, journalBytes: 48e6, segmentBytes: 310e6, diskFreeBytes: 212e9 },
      connections: [
        this.isBroken({ from: 'plc-io/' }, now) ? link(0, 'waiting', CLOSED, total - 13) : link(0, 'connected', NOTHING, total - 13), link(1, 'connected', NOTHING, 5),
        link(2, 'waiting', NOBODY, 8),
      ],
      signals: this.qualities(total),
      identifiers: { registered: this.plant.assets.length, resolved: 4 },
      process: { residentBytes: 187e6, heapUsedBytes: 62e6, cpuPercent: 11.5 },
    };
  }

  qualities(total) {
    const broken = [...this.signals.values()].filter((signal) => this.isBroken(signal, Date.now())).length;
    return { total, good: total - 2 - broken, uncertain: 1, bad: 1 + broken };
  }

  stream(response, selected) {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    const last = new Map();
    const send = (event, data) => response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    const tick = () => {
      const now = Date.now();
      const samples = [];
      for (const signal of selected) {
        const at = Math.floor(now / signal.everyMillis) * signal.everyMillis;
        if (last.get(signal.name) === at) continue;
        last.set(signal.name, at);
        if (this.isBroken(signal, at)) {
          if (last.get(`${signal.name} told`) !== this.broken.since) samples.push([signal.name, null, LOST, this.broken.since, now]);
          last.set(`${signal.name} told`, this.broken.since);
          continue;
        }
        const sample = this.sample(signal, at);
        if (sample) samples.push([signal.name, sample.value, sample.status, at, now]);
      }
      if (samples.length) send('samples', samples);
    };
    send('state', this.state());
    const timers = [setInterval(tick, 100), setInterval(() => send('state', this.state()), 1000)];
    response.on('close', () => timers.forEach(clearInterval));
  }

  nodes() {
    const rates = Array.from({ length: 60 }, (_, i) => 2 + Math.round(Math.sin(i / 5) * 10) / 10);
    return {
      root: null, load: null, examples: [],
      nodes: [{
        name: 'plant', role: 'enterprise', prefix: this.plant.prefix, prefixes: [this.plant.prefix], above: null, follows: null, administrator: null,
        state: 'running', address: '127.0.0.1:2641', records: this.plant.assets.length + 2, transaction: 12, requests: 640, notFound: 3, other: 0,
        connections: 0, rates, cache: null, replication: null,
      }],
    };
  }

  page(search) {
    const contains = (search.get('contains') ?? '').toLowerCase();
    const handles = this.plant.assets.map(({ identifier }) => identifier).filter((identifier) => identifier.toLowerCase().includes(contains));
    return { prefix: search.get('prefix'), node: 'plant', handles, next: null, searched: handles.length };
  }

  async post(request, response, path) {
    let text = '';
    for await (const chunk of request) text += chunk;
    const body = JSON.parse(text);
    switch (path) {
      case 'codes': return json(response, codeOf(body.text));
      case 'journeys': return this.journey(response, body.text);
      case 'records/read': return this.record(response, body.handle);
      default: return problem(response, 404, 'Not Found', path);
    }
  }

  valuesOf(asset) {
    const timestamp = Math.round(this.startedAt / 1000);
    const value = (index, type, shown) => ({ index, type, shown, text: shown, base64: null, permissions: 14, ttlType: 0, ttl: 86_400, timestamp });
    return [
      value(1, 'URL', `${this.url}/#/identifiers/${asset.identifier}`), value(2, 'MW_ASSET', JSON.stringify({ name: asset.name, type: asset.type })),
      { ...value(100, 'HS_ADMIN', `200:0.NA/${this.plant.prefix}`), text: null, base64: 'AAE=' },
    ];
  }

  record(response, handle) {
    const asset = this.plant.assets.find(({ identifier }) => identifier === handle);
    if (!asset) return problem(response, 404, 'There is no such thing', `${handle} is not registered`);
    json(response, { handle, revision: '0', node: 'plant', takesChanges: false, values: this.valuesOf(asset) });
  }

  journey(response, text) {
    const code = codeOf(text);
    const [handle] = code.handles;
    if (!handle) return problem(response, 400, 'The request cannot be understood', 'this is no code known here');
    const asset = this.plant.assets.find(({ identifier }) => identifier === handle);
    const own = handle.startsWith(`${this.plant.prefix}/`);
    const [outcome, words, responseCode] = asset ? ['found', '3 values', 1] : own ? ['not-found', 'not registered', 100]
      : ['not-responsible', 'server not responsible for the handle', 301];
    json(response, {
      code, via: 'plant', handle, outcome, words, milliseconds: 1.4, values: asset ? this.valuesOf(asset) : [],
      hops: [{
        hop: 1, inside: null, node: 'plant', role: 'enterprise', asked: 'UDP 127.0.0.1:2641', what: handle, outcome, responseCode, answer: words,
        startMillis: 0.2, milliseconds: 1.1, memory: null, ageSeconds: null,
      }],
    });
  }

  async write(request, response, name) {
    let body = '';
    for await (const chunk of request) body += chunk;
    const signal = this.signals.get(name);
    if (!signal?.writable) return problem(response, 409, 'Not writable', `${name} cannot be written.`);
    const { value } = JSON.parse(body);
    if (signal.range && (value < signal.range.min || value > signal.range.max)) {
      return problem(response, 409, 'Out of range', `${value} lies outside ${signal.range.min}…${signal.range.max}.`);
    }
    // Held as a 32-bit float, as a Modbus register pair would.
    this.written.set(name, Math.fround(value));
    json(response, { value: Math.fround(value), quality: quality(0), sourceTime: iso(Date.now()) });
  }
}

/** Handles alone, which is all that a plant's own identifiers are. */
function codeOf(text) {
  const [prefix, ...suffix] = text.split('/');
  const whole = Boolean(prefix) && suffix.join('/') !== '';
  const parts = whole ? [{ name: 'prefix', value: prefix, meaning: 'names the registrant' }, { name: 'suffix', value: suffix.join('/'), meaning: 'names the thing' }] : [];
  return {
    scheme: whole ? 'handle' : 'unknown', form: '', canonical: whole ? text : '', valid: whole, parts,
    faults: whole ? [] : [{ at: 0, message: 'this is no code known here' }], handles: whole ? [text] : [],
  };
}

function json(response, body) {
  response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}

function problem(response, status, title, detail) {
  response.writeHead(status, { 'Content-Type': 'application/problem+json' });
  response.end(JSON.stringify({ type: 'about:blank', title, status, detail }));
}

function serveFile(path, response) {
  const file = normalize(join(bundle, path === '/' ? 'index.html' : path));
  if (!file.startsWith(bundle) || !existsSync(file)) return response.writeHead(404).end();
  response.writeHead(200, { 'Content-Type': types[extname(file)] ?? 'application/octet-stream', 'Content-Security-Policy': csp });
  createReadStream(file).pipe(response);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { MW_PORT = 8420, MW_EXTRA = 0, MW_TOKEN = null } = process.env;
  const node = await new MockNode({ port: Number(MW_PORT), extra: Number(MW_EXTRA), token: MW_TOKEN }).start();
  console.log(`mock node with simulated values: ${node.url}`);
}
