// One step of the console's build: `bundle`, `check` or `browser`. A step whose inputs have not changed since it last
// succeeded costs one hash of the sources and nothing else.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const home = join(dirname(fileURLToPath(import.meta.url)), '..');
const target = join(home, 'target');
const lock = ['package.json', 'package-lock.json', '.npmrc'];
const product = [...lock, 'src', 'public', 'index.html', 'vite.config.ts', 'tsconfig.json', 'build/build.mjs'];

const steps = {
  bundle: {
    inputs: product,
    output: 'classes/console/index.html',
    commands: [['vite', 'build', '--logLevel', 'warn']],
  },
  check: {
    inputs: [...product, 'test', 'eslint.config.js'],
    commands: [
      ['tsc', '--noEmit'],
      ['eslint', '.', '--max-warnings', '0'],
      ['vitest', 'run', '--reporter', 'dot'],
    ],
  },
  browser: { inputs: [...product, 'test'], commands: [['node', '--test', '--test-force-exit', 'test/browser/console.test.mjs']] },
};

function stop(message) {
  console.error(`console: ${message}`);
  process.exit(2);
}

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    stop(`needs Node.js 20.19 or later; \`node\` in PATH is ${process.versions.node}`);
  }
}

function files(path) {
  const full = join(home, path);
  if (!existsSync(full)) return [];
  const entries = readdirSync(dirname(full), { withFileTypes: true });
  const entry = entries.find((candidate) => join(dirname(full), candidate.name) === full);
  if (!entry?.isDirectory()) return [full];
  return readdirSync(full).sort().flatMap((name) => files(relative(home, join(full, name))));
}

function digest(inputs) {
  const hash = createHash('sha256').update(process.versions.node);
  for (const file of inputs.flatMap(files)) {
    hash.update(relative(home, file)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

function isStamped(stamp, value) {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === value;
}

function run(command, args) {
  const windows = process.platform === 'win32';
  const { status, error } = spawnSync(command, args, { cwd: home, stdio: 'inherit', shell: windows });
  if (error) stop(`cannot start ${command}: ${error.message}`);
  if (status !== 0) stop(`\`${[command, ...args].join(' ')}\` failed with exit status ${status}`);
}

function install() {
  const stamp = join(home, 'node_modules', '.millwright-lock');
  const value = digest(lock);
  if (isStamped(stamp, value)) return;
  console.log('console: installing packages of package-lock.json');
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error', '--ignore-scripts']);
  writeFileSync(stamp, value);
}

function perform(name) {
  const step = steps[name];
  if (!step) stop(`unknown step \`${name}\`; steps are ${Object.keys(steps).join(', ')}`);
  const stamp = join(target, `${name}.stamp`);
  const value = digest(step.inputs);
  const outputExists = !step.output || existsSync(join(target, step.output));
  if (outputExists && isStamped(stamp, value)) return;
  rmSync(stamp, { force: true });
  install();
  for (const [command, ...args] of step.commands) {
    if (command === 'node') run(process.execPath, args);
    else run(process.execPath, [executable(command), ...args]);
  }
  mkdirSync(target, { recursive: true });
  writeFileSync(stamp, value);
}

/** The JavaScript file behind a package's command: the same on every system, where `.bin` differs. */
function executable(command) {
  const packageOf = { tsc: 'typescript' };
  const folder = join(home, 'node_modules', packageOf[command] ?? command);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, typeof bin === 'string' ? bin : bin[command]);
}

requireNode();
perform(process.argv[2]);
