#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import openInBrowser from 'open';
import { version } from '../../../../package.json';
import { createApp } from '../../app/create-app';
import { localEnvironment } from '../local-environment';
import { listenForInterrupts } from './interrupts';
import { runCli } from './run-cli';
import { createTerminal } from './terminal';

/** Seen from `out/main/cli.js`. */
const built = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const interrupts = listenForInterrupts(process);
// Whoever reads the output may have read enough ("| head"): no error of ours.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}
process.exitCode = await runCli(process.argv.slice(2), {
  terminal: createTerminal(process.stdout, process.stderr),
  environment: localEnvironment('cli', version, built),
  createApp,
  rendererFolder: built('../renderer'),
  openBrowser: (url) => openInBrowser(url),
  signal: interrupts.signal,
});
interrupts.dispose();
