// Starts `mw st lsp` and connects it with the editor.
const vscode = require('vscode');
const { LanguageClient } = require('vscode-languageclient/node');

let client;

function activate() {
  const settings = vscode.workspace.getConfiguration('structuredText');
  const server = {
    command: settings.get('command', 'mw'),
    args: ['st', 'lsp', '--dialect', settings.get('dialect', 'common')],
  };
  const options = {
    documentSelector: [{ language: 'st' }],
    synchronize: { fileEvents: vscode.workspace.createFileSystemWatcher('**/*.st') },
  };
  client = new LanguageClient('structuredText', 'Structured Text', server, options);
  return client.start();
}

function deactivate() {
  return client?.stop();
}

module.exports = { activate, deactivate };
