import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The page that phones run models in, apart from the studio's own interface. */
export default defineConfig({
  root: 'src/companion',
  plugins: [liteRtFiles()],
  // LiteRT's glue is loaded by importScripts, which modules have not.
  worker: { format: 'iife' },
  build: {
    outDir: here('./out/companion'),
    emptyOutDir: true,
    // Inlined files would be data: addresses, which the page's policy refuses.
    assetsInlineLimit: 0,
    modulePreload: false,
    rolldownOptions: {
      input: {
        index: here('./src/companion/index.html'),
        sw: here('./src/companion/offline/sw.ts'),
      },
      // A service worker watches what lies below its own address.
      output: {
        entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'),
      },
    },
  },
});

/** LiteRT's WebAssembly builds, as they are in its package, below its version. */
function liteRtFiles(): Plugin {
  const packageFile = createRequire(import.meta.url).resolve('@litertjs/core/package.json');
  const { version } = JSON.parse(readFileSync(packageFile, 'utf8')) as { version: string };
  const folder = join(dirname(packageFile), 'wasm');
  return {
    name: 'litert-files',
    generateBundle() {
      for (const name of readdirSync(folder).filter((file) => !file.includes('jspi'))) {
        const source = readFileSync(join(folder, name));
        this.emitFile({ type: 'asset', fileName: `litert/${version}/${name}`, source });
      }
    },
  };
}
