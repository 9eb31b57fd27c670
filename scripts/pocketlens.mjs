// The command line from a clone: `npm run pocketlens -- status ~/things`. Installs and builds first when there
// is no build, or an old one, and then becomes the built program.
import { join } from 'node:path';
import { ensureBuild } from './lib/build.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { becomeProgram } from './lib/become-program.mjs';
import { root } from './lib/run.mjs';

ensurePackages();
ensureBuild();
becomeProgram(process.execPath, [join(root, 'out', 'main', 'cli.js'), ...process.argv.slice(2)]);
