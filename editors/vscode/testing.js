// The tests of the open folder in the Test Explorer, run by `mw st test`.
const path = require('path');
const vscode = require('vscode');
const debugging = require('./debugging');
const { TEXTS, mw, setting, root, t } = require('./mw');

const TITLE = /^\s*TEST\s+(?:'((?:[^'$]|\$.)*)'|"((?:[^"$]|\$.)*)")/i;

function register() {
  const controller = vscode.tests.createTestController('structured-text', 'Structured Text');
  const watcher = vscode.workspace.createFileSystemWatcher(TEXTS);
  const read = (uri) => discover(controller, uri);
  watcher.onDidCreate(read);
  watcher.onDidChange(read);
  watcher.onDidDelete((uri) => controller.items.delete(uri.toString()));
  controller.refreshHandler = () => discoverAll(controller);
  const kind = vscode.TestRunProfileKind;
  controller.createRunProfile(t('Run'), kind.Run, (request, token) => run(controller, request, token), true);
  controller.createRunProfile(t('Debug'), kind.Debug, (request) => debug(controller, request), true);
  discoverAll(controller);
  return [controller, watcher];
}

async function discoverAll(controller) {
  const files = await vscode.workspace.findFiles(TEXTS, undefined, 10000);
  await Promise.all(files.map((uri) => discover(controller, uri)));
}

/** Finds the tests of a file. */
async function discover(controller, uri) {
  const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  const found = [];
  text.split(/\r\n|\r|\n/).forEach((line, number) => {
    const match = TITLE.exec(line);
    if (match) {
      const title = match[1] ?? match[2];
      const item = controller.createTestItem(`${uri} ${title}`, title, uri);
      item.range = new vscode.Range(number, 0, number, line.length);
      found.push(item);
    }
  });
  if (found.length === 0) {
    controller.items.delete(uri.toString());
    return;
  }
  const file = controller.createTestItem(uri.toString(), vscode.workspace.asRelativePath(uri), uri);
  file.children.replace(found);
  controller.items.add(file);
}

/** The tests that are asked for. */
function asked(controller, request) {
  const all = [];
  const add = (item) => (item.children.size > 0 ? item.children.forEach(add) : all.push(item));
  if (request.include) {
    request.include.forEach(add);
  } else {
    controller.items.forEach(add);
  }
  return all.filter((item) => !request.exclude?.includes(item));
}

async function run(controller, request, token) {
  const items = asked(controller, request);
  const result = controller.createTestRun(request);
  items.forEach((item) => result.started(item));
  await vscode.workspace.saveAll();
  const { out, err } = await mw(['st', 'test', root(), '--dialect', setting('dialect'), '--json'], token);
  result.appendOutput(err.replace(/\r?\n/g, '\r\n'));
  const cases = new Map();
  try {
    JSON.parse(out).cases.forEach((one) => cases.set(`${path.resolve(root(), one.file)} ${one.title}`, one));
  } catch {
    // Without a report nothing was run; what was said explains it.
  }
  items.forEach((item) => show(result, item, cases.get(`${item.uri.fsPath} ${item.label}`), err));
  result.end();
}

function show(result, item, one, err) {
  if (!one) {
    result.errored(item, new vscode.TestMessage(err.trim() || t('it was not run')));
  } else if (one.outcome === 'passed') {
    result.passed(item, one.seconds * 1000);
  } else {
    result.failed(item, failure(item, one), one.seconds * 1000);
    const stack = one.stack.map((place) => `    ${place}\r\n`).join('');
    result.appendOutput(`${one.title}: ${one.message}\r\n${stack}`, undefined, item);
  }
}

/** What went wrong, at its line. */
function failure(item, one) {
  const message = new vscode.TestMessage(one.message);
  const place = /\((.*):(\d+)\)$/.exec(one.stack[0] ?? '');
  message.location = place
    ? new vscode.Location(
        vscode.Uri.file(path.resolve(root(), place[1])),
        new vscode.Position(Number(place[2]) - 1, 0),
      )
    : new vscode.Location(item.uri, item.range);
  return message;
}

/** Debugs the first of the tests that are asked for. */
async function debug(controller, request) {
  const [item] = asked(controller, request);
  if (!item) {
    return;
  }
  const result = controller.createTestRun(request);
  result.started(item);
  const status = await debugging.debugTest(item.label);
  if (status === undefined) {
    result.skipped(item);
  } else if (status === 0) {
    result.passed(item);
  } else {
    result.failed(item, new vscode.TestMessage(t('it failed while it was debugged; run it to see why')));
  }
  result.end();
}

module.exports = { register };
