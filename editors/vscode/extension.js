// Structured Text in Visual Studio Code: everything is done by `mw st`; this only connects it with the editor.
const path = require('path');
const vscode = require('vscode');
const debugging = require('./debugging');
const { mw, setting, root, t } = require('./mw');
const server = require('./server');
const testing = require('./testing');

let settling;

async function activate(context) {
  context.subscriptions.push(
    ...debugging.register(),
    ...testing.register(),
    vscode.tasks.registerTaskProvider('structured-text', { provideTasks, resolveTask: (given) => task(given.definition) }),
    command('check', () => vscode.tasks.executeTask(task({ type: 'structured-text', command: 'check' }))),
    command('run', run),
    command('debug', () => debugging.start()),
    command('format', format),
    command('convert', convert),
    command('restart', server.restart),
    vscode.workspace.onDidChangeConfiguration(reconfigured),
  );
  await server.start();
}

/** Starts the language server anew with other settings, once nobody types in them any more. */
function reconfigured(change) {
  if (['command', 'dialect', 'guidelines'].some((name) => change.affectsConfiguration(`structuredText.${name}`))) {
    clearTimeout(settling);
    settling = setTimeout(server.restart, 1000);
  }
}

function command(name, work) {
  return vscode.commands.registerCommand(`structuredText.${name}`, work);
}

// The options that hold a program against the coding guidelines, where that is wished.
function held() {
  return setting('guidelines') ? ['--guidelines'] : [];
}

function task(definition) {
  const folder = vscode.workspace.workspaceFolders?.[0];
  const given = definition.arguments ?? [root(), '--dialect', setting('dialect'), ...(definition.command === 'check' ? held() : [])];
  const made = new vscode.Task(
    definition,
    folder ?? vscode.TaskScope.Workspace,
    definition.command,
    'mw st',
    new vscode.ProcessExecution(setting('command'), ['st', definition.command, ...given], { cwd: folder?.uri.fsPath }),
    // What is wrong is listed already, by the language server.
    [],
  );
  made.group = definition.command === 'test' ? vscode.TaskGroup.Test : vscode.TaskGroup.Build;
  return made;
}

function provideTasks() {
  return root() ? ['check', 'test'].map((name) => task({ type: 'structured-text', command: name })) : [];
}

async function run() {
  const program = await debugging.chooseProgram();
  if (program) {
    const options = ['--scans', `${setting('run.scans')}`, '--cycle', setting('run.cycle'), '--dump'];
    const files = [root(), '--dialect', setting('dialect'), '--program', program];
    vscode.tasks.executeTask(
      task({ type: 'structured-text', command: 'run', arguments: [...files, ...options] }),
    );
  }
}

async function format() {
  await vscode.workspace.saveAll();
  report(await mw(['st', 'format', root(), '--write']), t('laid out'));
}

async function convert(uri) {
  const file = (uri ?? vscode.window.activeTextEditor?.document.uri)?.fsPath;
  if (!file) {
    return;
  }
  const to = path.extname(file).toLowerCase() === '.xml' ? 'st' : 'xml';
  const target = file.replace(/\.[^.]*$/, `.${to}`);
  const result = await mw(['st', 'convert', file, '--to', to, '--out', target]);
  report(result, t('written to {0}', target));
  if (result.status === 0) {
    vscode.window.showTextDocument(vscode.Uri.file(target));
  }
}

function report({ status, out, err, told }, done) {
  if (status === 0) {
    vscode.window.showInformationMessage(`Structured Text: ${done}`);
  } else if (!told) {
    vscode.window.showErrorMessage(`Structured Text: ${(out + err).trim().split('\n')[0]}`);
  }
}

function deactivate() {
  return server.stop();
}

module.exports = { activate, deactivate };
