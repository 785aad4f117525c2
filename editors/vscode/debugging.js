// The debugger: `mw st debug`, a debug adapter.
const vscode = require('vscode');
const { setting, root, tellNotStarted } = require('./mw');

const TYPE = 'structured-text';

function register() {
  return [
    vscode.debug.registerDebugAdapterDescriptorFactory(TYPE, {
      createDebugAdapterDescriptor: () =>
        new vscode.DebugAdapterExecutable(setting('command'), ['st', 'debug'], { cwd: root() }),
    }),
    vscode.debug.registerDebugConfigurationProvider(TYPE, { resolveDebugConfiguration: resolve }),
    vscode.debug.registerDebugAdapterTrackerFactory(TYPE, {
      createDebugAdapterTracker: () => ({ onError: (error) => tellNotStarted(error) }),
    }),
  ];
}

/** Completes a launch configuration; without one, the program of the file that is open. */
async function resolve(folder, config) {
  await vscode.workspace.saveAll();
  const full = { type: TYPE, request: 'launch', name: 'Structured Text', ...config };
  full.files ??= [folder?.uri.fsPath ?? root() ?? vscode.window.activeTextEditor?.document.uri.fsPath];
  full.dialect ??= setting('dialect');
  if (!full.test && !full.program) {
    full.program = await chooseProgram();
    if (!full.program) {
      return undefined;
    }
  }
  return full;
}

/** The one program there is, or the one that is chosen; those of the open file come first. */
async function chooseProgram() {
  const open = vscode.window.activeTextEditor?.document;
  const names = open?.languageId === 'st' ? programs(open.getText()) : [];
  if (names.length === 1) {
    return names[0];
  }
  for (const file of await vscode.workspace.findFiles('**/*.st', undefined, 10000)) {
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
    programs(text).filter((name) => !names.includes(name)).forEach((name) => names.push(name));
  }
  if (names.length === 0) {
    vscode.window.showErrorMessage('Structured Text: there is no PROGRAM in the open folder');
  }
  return names.length > 1 ? vscode.window.showQuickPick(names, { placeHolder: 'Which program?' }) : names[0];
}

function programs(text) {
  const plain = text.replace(/\(\*[\s\S]*?\*\)|\/\/.*/g, ' ');
  return [...plain.matchAll(/^[ \t]*PROGRAM\s+([A-Za-z_]\w*)\s*[;\r\n]/gim)].map((match) => match[1]);
}

function start(more = {}) {
  const folder = vscode.workspace.workspaceFolders?.[0];
  return vscode.debug.startDebugging(folder, { type: TYPE, request: 'launch', name: 'Structured Text', ...more });
}

module.exports = { register, start, chooseProgram };
