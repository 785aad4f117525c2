// The language server: `mw st lsp`.
const vscode = require('vscode');
const { LanguageClient } = require('vscode-languageclient/node');
const { TEXTS, mw, root, setting, t, tellEnded } = require('./mw');

let client;
/** Starts and stops come one after the other. */
let last = Promise.resolve();

/** Starts it; where mw does not run, says why, once, and leaves the rest of the extension working. */
function start() {
  return (last = last.then(startNow));
}

function stop() {
  return (last = last.then(stopNow));
}

function restart() {
  stop();
  return start();
}

async function startNow() {
  // What keeps mw from running, a missing Java for example, it says best itself.
  const waiting = { location: vscode.ProgressLocation.Window, title: t('Structured Text is being started') };
  const { status, err, told } = await vscode.window.withProgress(waiting, () => mw(['--version']));
  if (status !== 0) {
    return told || tellEnded(err);
  }
  const args = ['st', 'lsp', '--dialect', setting('dialect'), ...(setting('guidelines') ? ['--guidelines'] : [])];
  client = new LanguageClient(
    'structuredText',
    'Structured Text',
    { command: setting('command'), args, options: { cwd: root() } },
    {
      documentSelector: [{ language: 'st' }],
      synchronize: { fileEvents: vscode.workspace.createFileSystemWatcher(TEXTS) },
    },
  );
  await client.start().catch(() => {}); // the client has said what happened
}

async function stopNow() {
  const old = client;
  client = undefined;
  await old?.dispose().catch(() => {});
}

module.exports = { start, stop, restart };
