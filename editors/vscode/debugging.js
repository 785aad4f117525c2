// The debugger: `mw st debug`, a debug adapter.
const vscode = require('vscode');
const { TEXTS, isMissing, setting, root, t, tellNotStarted } = require('./mw');

const TYPE = 'structured-text';

/** How programs ended, by the names of their sessions. */
const statuses = new Map();

function register() {
  return [
    vscode.debug.registerDebugAdapterDescriptorFactory(TYPE, {
      createDebugAdapterDescriptor: () =>
        new vscode.DebugAdapterExecutable(setting('command'), ['st', 'debug'], { cwd: root() }),
    }),
    vscode.debug.registerDebugConfigurationProvider(TYPE, { resolveDebugConfiguration: resolve }),
    vscode.debug.registerDebugAdapterTrackerFactory(TYPE, {
      createDebugAdapterTracker: (session) => ({
        // That it hangs up at the end is no failure to start.
        onError: (error) => isMissing(error) && tellNotStarted(error),
        onDidSendMessage: (message) => {
          if (message.event === 'exited') {
            statuses.set(session.configuration.name, message.body.exitCode);
          }
        },
      }),
    }),
  ];
}

/** Completes a launch configuration; without one, the program of the file that is open. */
async function resolve(folder, config) {
  await vscode.workspace.saveAll();
  const full = { type: TYPE, request: 'launch', name: 'Structured Text', ...config };
  full.files ??= [folder?.uri.fsPath ?? root() ?? vscode.window.activeTextEditor?.document.uri.fsPath];
  full.dialect ??= setting('dialect');
  if (!full.test && !full.program && !full.recording) {
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
  for (const file of await vscode.workspace.findFiles(TEXTS, undefined, 10000)) {
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
    programs(text).filter((name) => !names.includes(name)).forEach((name) => names.push(name));
  }
  if (names.length === 0) {
    vscode.window.showErrorMessage(`Structured Text: ${t('there is no PROGRAM in the open folder')}`);
  }
  return names.length > 1 ? vscode.window.showQuickPick(names, { placeHolder: t('Which program?') }) : names[0];
}

function programs(text) {
  const plain = text.replace(/\(\*[\s\S]*?\*\)|\/\/.*/g, ' ');
  return [...plain.matchAll(/^[ \t]*PROGRAM\s+([A-Za-z_]\w*)\s*[;\r\n]/gim)].map((match) => match[1]);
}

function start(more = {}) {
  const folder = vscode.workspace.workspaceFolders?.[0];
  return vscode.debug.startDebugging(folder, { type: TYPE, request: 'launch', name: 'Structured Text', ...more });
}

/** Debugs a test; its exit status, or undefined where it was broken off. */
async function debugTest(title) {
  const name = `TEST ${title}`;
  statuses.delete(name);
  const ended = new Promise((resolve) => {
    const listener = vscode.debug.onDidTerminateDebugSession((session) => {
      if (session.configuration.name === name) {
        listener.dispose();
        resolve();
      }
    });
  });
  if (await start({ test: title, name })) {
    await ended;
  }
  return statuses.get(name);
}

module.exports = { register, start, chooseProgram, debugTest };
