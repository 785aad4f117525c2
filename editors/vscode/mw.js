// Starts the mw command, as the settings name it.
const { spawn } = require('child_process');
const vscode = require('vscode');

function setting(name) {
  return vscode.workspace.getConfiguration('structuredText').get(name);
}

/** The open folder, whose .st files are one program. */
function root() {
  return vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
}

/** Runs mw to its end. */
function mw(args, token) {
  return new Promise((resolve) => {
    const child = spawn(setting('command'), args, { cwd: root() });
    let out = '';
    let err = '';
    child.stdout.on('data', (data) => (out += data));
    child.stderr.on('data', (data) => (err += data));
    child.on('error', (error) => {
      tellNotStarted(error);
      resolve({ status: 2, out, err: `${error.message}\n` });
    });
    child.on('close', (status) => resolve({ status, out, err }));
    token?.onCancellationRequested(() => child.kill());
  });
}

/** Says that mw is not where the settings say, once for a failure to start. */
async function tellNotStarted(error) {
  if (!`${error?.message}`.includes('ENOENT')) {
    return;
  }
  const text = `Structured Text: ${setting('command')} cannot be started. Name it in the setting structuredText.command.`;
  if (await vscode.window.showErrorMessage(text, 'Open the setting')) {
    vscode.commands.executeCommand('workbench.action.openSettings', 'structuredText.command');
  }
}

module.exports = { mw, setting, root, tellNotStarted };
