// Opens the studio: in a window of its own where Electron's program is there, else in the browser.
// `npm start -- --web` asks for the browser, `npm start -- PROJECT` opens a project there.
import { join } from 'node:path';
import { becomeProgram } from './lib/become-program.mjs';
import { electronProgram } from './lib/electron.mjs';
import { root, say } from './lib/run.mjs';

const args = process.argv.slice(2);
const electron = electronProgram();
const reason = whyBrowser();

if (reason === undefined) {
  say('Opening Pocketlens Studio in its window (npm start -- --web opens it in the browser).');
  becomeProgram(electron, [root]);
} else {
  say(`Opening Pocketlens Studio in your browser, ${reason}.`);
  const rest = args.filter((argument) => argument !== '--web');
  becomeProgram(process.execPath, [join(root, 'out', 'main', 'cli.js'), 'serve', ...rest]);
}

function whyBrowser() {
  if (args.includes('--web')) return 'as you asked with --web';
  if (args.length > 0) return 'because a project or options were given';
  if (electron === undefined) return "because Electron's program is not here";
  if (process.platform !== 'linux') return undefined;
  if (!process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) {
    return 'because there is no display for a window';
  }
  // Chromium's sandbox does not work for root, and without it nothing is opened here.
  if (process.getuid() === 0) return 'because a window cannot be sandboxed for root';
  return undefined;
}
