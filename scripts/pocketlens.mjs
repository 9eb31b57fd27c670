// The command line from a clone: `npm run pocketlens -- status ~/things`. Builds first when there
// is no build, or an old one, and then becomes the built program.
import { join } from 'node:path';
import { ensureBuild } from './lib/build.mjs';
import { becomeProgram } from './lib/become-program.mjs';
import { root } from './lib/run.mjs';

ensureBuild();
becomeProgram(process.execPath, [join(root, 'out', 'main', 'cli.js'), ...process.argv.slice(2)]);
