// Starts the mw command, as the settings name it.
const { spawn } = require('child_process');
const vscode = require('vscode');

/** The files that are Structured Text, for searches and watchers, which know small letters from capitals. */
const TEXTS = '**/*.{st,ST,iecst,IECST,exp,EXP}';

const t = vscode.l10n.t;

function setting(name) {
  return vscode.workspace.getConfiguration('structuredText').get(name);
}

/** The open folder, whose texts are one program. */
function root() {
  return vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
}

/** Runs mw to its end; `told` where it could not be started, and that was said. */
function mw(args, token) {
  return new Promise((resolve) => {
    const child = spawn(setting('command'), args, { cwd: root() });
    let out = '';
    let err = '';
    child.stdout.on('data', (data) => (out += data));
    child.stderr.on('data', (data) => (err += data));
    child.on('error', (error) => {
      tellNotStarted(error);
      resolve({ status: 2, out, err: `${error.message}\n`, told: true });
    });
    child.on('close', (status) => resolve({ status, out, err }));
    token?.onCancellationRequested(() => child.kill());
  });
}

/** Whether there is no such command. */
function isMissing(error) {
  return `${error?.message}`.includes('ENOENT');
}

/** Says that mw is not where the settings say, and leads there. */
function tellNotStarted(error) {
  if (isMissing(error)) {
    tell(t('{0} was not found. Install Millwright, or name its command mw, with its path, in the settings.', setting('command')));
  } else {
    tell(t('{0} cannot be started: {1}', setting('command'), `${error?.message}`));
  }
}

/** Says what mw said before it gave up: that there is no Java, for example. */
function tellEnded(err) {
  tell(err.trim().replace(/\s*\n\s*/g, ' ').slice(0, 400) || t('{0} ended at once.', setting('command')));
}

async function tell(text) {
  const settings = t('Open the Setting');
  if ((await vscode.window.showErrorMessage(`Structured Text: ${text}`, settings)) === settings) {
    // In a remote window the command is that of the other computer, whose settings are others.
    const kind = vscode.env.remoteName ? 'openRemoteSettings' : 'openSettings';
    vscode.commands.executeCommand(`workbench.action.${kind}`, { query: 'structuredText.command' });
  }
}

module.exports = { TEXTS, isMissing, mw, setting, root, t, tellEnded, tellNotStarted };
