// Takes the few drawings that the sample project is composed from out of two npm packages, with
// their notices, into resources/sample/. Run once, by hand; the result is committed:
//   node scripts/sample/collect-drawings.mjs
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const target = fileURLToPath(new URL('../../resources/sample/', import.meta.url));

const fluent = { package: '@lobehub/fluent-emoji-3d', version: '1.1.0' };
const noto = { package: '@iconify-json/noto', version: '1.2.9' };

/** Label -> code points of Fluent renders and names of Noto drawings. */
const things = {
  banana: { fluent: ['1f34c'], noto: ['banana'] },
  hat: { fluent: ['1f9e2', '1f3a9', '1f452'], noto: ['billed-cap', 'top-hat', 'womans-hat'] },
  headphones: { fluent: ['1f3a7'], noto: ['headphone'] },
  mouse: { fluent: ['1f5b1-fe0f'], noto: ['computer-mouse'] },
  plug: { fluent: ['1f50c'], noto: ['electric-plug'] },
  'soccer ball': { fluent: ['26bd'], noto: ['soccer-ball'] },
  truck: {
    fluent: ['1f69a', '1f69b', '1f6fb'],
    noto: ['delivery-truck', 'articulated-lorry', 'pickup-truck'],
  },
};

const scratch = mkdtempSync(join(tmpdir(), 'pocketlens-drawings-'));
try {
  const fluentFolder = unpack(fluent);
  const notoIcons = JSON.parse(readFileSync(join(unpack(noto), 'icons.json'), 'utf8'));
  const drawings = [];
  mkdirSync(join(target, 'drawings'), { recursive: true });
  for (const [label, { fluent: codes, noto: names }] of Object.entries(things)) {
    for (const code of codes) {
      const file = `fluent-${code.replace('-fe0f', '')}.webp`;
      cpSync(join(fluentFolder, 'assets', `${code}.webp`), join(target, 'drawings', file));
      drawings.push({ label, file });
    }
    for (const name of names) {
      const file = `noto-${name}.svg`;
      const { body } = notoIcons.icons[name];
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 128 128" width="512" height="512">${body}</svg>\n`;
      writeFileSync(join(target, 'drawings', file), svg);
      drawings.push({ label, file });
    }
  }
  writeFileSync(join(target, 'drawings.json'), `${JSON.stringify(drawings, null, 2)}\n`);
  console.log(`${drawings.length} drawings of ${Object.keys(things).length} things`);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function unpack({ package: name, version }) {
  const folder = mkdtempSync(join(scratch, 'package-'));
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const archive = execFileSync(npm, ['pack', `${name}@${version}`, '--silent'], { cwd: folder });
  execFileSync('tar', ['xzf', archive.toString().trim()], { cwd: folder });
  return join(folder, 'package');
}
