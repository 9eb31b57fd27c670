#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import openInBrowser from 'open';
import { version } from '../../../../package.json';
import { createApp } from '../../app/create-app';
import { createStderrLogger } from '../stderr-logger';
import { studioFolders } from '../studio-folders';
import { listenForInterrupts } from './interrupts';
import { runCli } from './run-cli';
import { createTerminal } from './terminal';

/** Seen from `out/main/cli.js`. */
const built = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const interrupts = listenForInterrupts(process);
process.exitCode = await runCli(process.argv.slice(2), {
  terminal: createTerminal(process.stdout, process.stderr),
  environment: {
    kind: 'cli',
    appVersion: version,
    ...studioFolders(),
    resourcesFolder: built('../../resources'),
    workerFile: built('./worker.js'),
    log: createStderrLogger(process.stderr, process.env['POCKETLENS_LOG'] !== undefined),
  },
  createApp,
  rendererFolder: built('../renderer'),
  openBrowser: (url) => openInBrowser(url),
  signal: interrupts.signal,
});
interrupts.dispose();
