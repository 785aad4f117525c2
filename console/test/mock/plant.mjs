// A SIMULATED plant for tests of the console. Every value is a closed function of time, so that any stretch of history
// can be made up without being stored. Nothing here is measured and nothing here is part of the product.

const GOOD = 0;
const UNCERTAIN = 0x40940000;
const BAD = 0x808a0000;

function signal(name, unit, range, from, everyMillis, mean, swing, period, extra = {}) {
  return {
    name, unit, range: range && { min: range[0], max: range[1] }, from, to: extra.to ?? null, everyMillis,
    writable: Boolean(extra.to), wave: { mean, swing, period, ...extra },
  };
}

const tank = (n, mean) => ({
  name: `tank-${n}`, type: 'ProcessTank', place: 'riverside/hall-a/line-1',
  signals: [
    signal(`tank-${n}/level`, 'cm', [0, 20], `plc-io/input/${n * 2}:float32`, 100, mean, 2.4, 47_000 + n * 9000,
      n === 4 ? { uncertain: true } : {}),
    signal(`tank-${n}/outflow`, 'cm3/s', [0, 60], `plc-io/input/${n * 2 + 20}:float32`, 100, 22 + n, 3, 31_000 + n * 5000),
  ],
});

const pump = (n) => ({
  name: `pump-${n}`, type: 'Pump', place: 'riverside/hall-a/line-1',
  signals: [
    signal(`pump-${n}/voltage`, 'V', [0, 10], `plc-io/holding/${n * 2}:float32`, 100, 3, 0.05, 60_000,
      { to: `plc-io/holding/${n * 2}:float32` }),
    signal(`pump-${n}/running`, null, null, `plc-io/coil/${n}`, 500, 1, 0, 1000, { kind: 'boolean' }),
  ],
});

const motor = {
  name: 'motor-1', type: 'MotorPump', place: 'riverside/hall-a/utilities',
  signals: [
    signal('motor-1/speed', '/min', [0, 3000], 'line-opc/ns=2;s=Motor1.Speed', 250, 1480, 6, 20_000),
    signal('motor-1/vibration', 'mm/s', [0, 11], 'line-opc/ns=2;s=Motor1.Vibration', 250, 2.1, 0.4, 13_000),
    signal('motor-1/bearing-temperature', 'Cel', [0, 120], 'line-opc/ns=2;s=Motor1.BearingTemperature', 1000, 61, 2, 600_000),
    signal('motor-1/load', '%', [0, 100], 'line-opc/ns=2;s=Motor1.Load', 250, 72, 8, 90_000),
    signal('motor-1/state', null, null, 'line-opc/ns=2;s=Motor1.State', 1000, 0, 0, 1000, { kind: 'text' }),
  ],
};

const meter = (n) => ({
  name: `meter-${n}`, type: 'ElectricityMeter', place: 'riverside/hall-b',
  signals: [
    signal(`meter-${n}/power`, 'kW', [0, 250], `meters/meter-${n}/power`, 1000, 96 + 30 * n, 24, 86_400_000),
    signal(`meter-${n}/reactive-power`, 'kvar', [0, 120], `meters/meter-${n}/reactive-power`, 1000, 30, 6, 86_400_000),
    signal(`meter-${n}/energy`, 'kW.h', null, `meters/meter-${n}/energy`, 1000, 0, 0, 1, { kind: 'counter' }),
    signal(`meter-${n}/voltage`, 'V', [360, 440], `meters/meter-${n}/voltage`, 1000, 400, 2, 7_200_000, { broken: n === 2 }),
  ],
});

/** The small plant of the tests, or one with `extra` more signals for the virtualised tree. */
export function makePlant(extra = 0) {
  const assets = [tank(1, 12.4), tank(2, 12.7), tank(3, 1.8), tank(4, 1.4), pump(1), pump(2), motor, meter(1), meter(2)];
  for (let a = 0; a < Math.ceil(extra / 50); a++) {
    const name = `cell-${String(a + 1).padStart(3, '0')}`;
    const signals = Array.from({ length: Math.min(50, extra - a * 50) }, (_, s) =>
      signal(`${name}/point-${s + 1}`, 'Cel', [0, 100], `plc-io/input/${s}:float32`, 1000, 20 + (s % 60), 3, 20_000 + s * 700));
    assets.push({ name, type: 'Cell', place: `riverside/hall-c/line-${1 + (a % 8)}`, signals });
  }
  for (const asset of assets) asset.identifier = `88.118.7/${asset.name}`;
  return {
    name: 'riverside (simulated)', prefix: '88.118.7', assets,
    connections: [
      { name: 'plc-io', protocol: 'modbus-tcp', endpoint: '127.0.0.1:1502' },
      { name: 'line-opc', protocol: 'opc-ua', endpoint: 'opc.tcp://127.0.0.1:4840' },
      { name: 'meters', protocol: 'sparkplug', endpoint: 'mqtt://127.0.0.1:1883' },
    ],
  };
}

/** Repeatable noise in −1…1. */
function noise(t, seed) {
  const x = Math.sin(t * 12.9898e-3 + seed * 78.233) * 43758.5453;
  return 2 * (x - Math.floor(x)) - 1;
}

const seedOf = (name) => [...name].reduce((sum, c) => (sum * 31 + c.charCodeAt(0)) % 9973, 7);

/** Value and status of a signal at a time; null in a gap, when nothing arrived. */
export function sampleAt({ name, wave }, t) {
  const inFive = t % 300_000;
  if (name === 'tank-2/level' && inFive > 200_000 && inFive < 230_000) return null;
  if (wave.broken || (name === 'tank-1/level' && inFive > 100_000 && inFive < 122_000)) return { value: null, status: BAD };
  const status = wave.uncertain && inFive > 60_000 && inFive < 180_000 ? UNCERTAIN : GOOD;
  if (wave.kind === 'boolean') return { value: true, status };
  if (wave.kind === 'text') return { value: 'running', status };
  if (wave.kind === 'counter') return { value: Math.round(t / 40_000) / 10, status };
  const seed = seedOf(name);
  const slow = Math.sin((2 * Math.PI * t) / (wave.period * 37) + seed);
  const value = wave.mean + wave.swing * (0.6 * Math.sin((2 * Math.PI * t) / wave.period + seed) + 0.4 * slow + 0.05 * noise(t, seed));
  return { value, status };
}

export function history(signal, from, to, buckets) {
  const { name, unit, everyMillis: every } = signal;
  const head = { signal: name, unit, from, to };
  if ((to - from) / every <= buckets) return { ...head, kind: 'raw', ...raw(signal, from, to) };
  const bucketMillis = Math.ceil((to - from) / buckets / every) * every;
  const out = { times: [], count: [], good: [], bad: [], min: [], max: [], mean: [], first: [], last: [] };
  for (let start = Math.floor(from / bucketMillis) * bucketMillis; start < to; start += bucketMillis) {
    bucket(signal, start, bucketMillis, out);
  }
  return { ...head, kind: 'buckets', bucketMillis, ...out };
}

function raw(signal, from, to) {
  const out = { times: [], values: [], status: [], receiveTimes: [] };
  for (let t = Math.ceil(from / signal.everyMillis) * signal.everyMillis; t <= to; t += signal.everyMillis) {
    const sample = sampleAt(signal, t);
    if (!sample) continue;
    out.times.push(t);
    out.values.push(sample.value);
    out.status.push(sample.status);
    out.receiveTimes.push(t + 7);
  }
  return out;
}

function bucket(signal, start, bucketMillis, out) {
  const probes = Math.min(12, bucketMillis / signal.everyMillis);
  const samples = Array.from({ length: probes }, (_, i) => sampleAt(signal, start + (i * bucketMillis) / probes)).filter(Boolean);
  if (samples.length === 0) return;
  const scale = bucketMillis / signal.everyMillis / probes;
  const usable = samples.filter((s) => s.status >>> 31 === 0 && s.value !== null).map((s) => Number(s.value));
  out.times.push(start);
  out.count.push(Math.round(samples.length * scale));
  out.good.push(Math.round(samples.filter((s) => s.status === GOOD).length * scale));
  out.bad.push(Math.round((samples.length - usable.length) * scale));
  const some = usable.length > 0;
  out.min.push(some ? Math.min(...usable) : null);
  out.max.push(some ? Math.max(...usable) : null);
  out.mean.push(some ? usable.reduce((a, b) => a + b) / usable.length : null);
  out.first.push(some ? usable[0] : null);
  out.last.push(some ? usable.at(-1) : null);
}
