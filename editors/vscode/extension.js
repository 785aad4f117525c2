// Structured Text in Visual Studio Code: everything is done by `mw st`; this only connects it with the editor.
const path = require('path');
const vscode = require('vscode');
const { LanguageClient } = require('vscode-languageclient/node');
const debugging = require('./debugging');
const { mw, setting, root, tellNotStarted } = require('./mw');
const testing = require('./testing');

let client;

async function activate(context) {
  context.subscriptions.push(
    ...debugging.register(),
    ...testing.register(),
    vscode.tasks.registerTaskProvider('structured-text', { provideTasks, resolveTask: (t) => task(t.definition) }),
    command('check', () => vscode.tasks.executeTask(task({ type: 'structured-text', command: 'check' }))),
    command('run', run),
    command('debug', () => debugging.start()),
    command('format', format),
    command('convert', convert),
    command('restart', () => client.restart()),
  );
  client = new LanguageClient(
    'structuredText',
    'Structured Text',
    { command: setting('command'), args: ['st', 'lsp', '--dialect', setting('dialect'), ...held()] },
    {
      documentSelector: [{ language: 'st' }],
      // The name of the problem matcher: what a task finds takes the place of what the server has told of the file.
      diagnosticCollectionName: 'structured-text',
      synchronize: { fileEvents: vscode.workspace.createFileSystemWatcher('**/*.st') },
    },
  );
  try {
    await client.start();
  } catch (error) {
    tellNotStarted(error);
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
    '$structured-text',
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
  const { status, out, err } = await mw(['st', 'format', root(), '--write']);
  report(status, 'laid out', out + err);
}

async function convert(uri) {
  const file = (uri ?? vscode.window.activeTextEditor?.document.uri)?.fsPath;
  if (!file) {
    return;
  }
  const to = path.extname(file) === '.xml' ? 'st' : 'xml';
  const target = file.replace(/\.[^.]*$/, `.${to}`);
  const { status, out, err } = await mw(['st', 'convert', file, '--to', to, '--out', target]);
  report(status, `written to ${target}`, out + err);
  if (status === 0) {
    vscode.window.showTextDocument(vscode.Uri.file(target));
  }
}

function report(status, done, text) {
  if (status === 0) {
    vscode.window.showInformationMessage(`Structured Text: ${done}`);
  } else {
    vscode.window.showErrorMessage(`Structured Text: ${text.trim().split('\n')[0]}`);
  }
}

function deactivate() {
  return client?.stop();
}

module.exports = { activate, deactivate };
