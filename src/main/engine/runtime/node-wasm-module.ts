import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { compileFunction } from 'node:vm';
import type { ModuleFactory, WasmModule } from './wasm-module';
import { hasRelaxedSimd } from './web-assembly';

const requireHere = createRequire(import.meta.url);

/**
 * Loads LiteRT's single-threaded WebAssembly build (about 100 ms).
 * @param onLogLine gets every line it logs: the only place where many failures are told.
 */
export async function loadWasmModule(onLogLine: (line: string) => void): Promise<WasmModule> {
  const folder = join(packageFolder(), 'wasm');
  const stem = enableRelaxedSimd() ? 'litert_wasm_internal' : 'litert_wasm_compat_internal';
  const scriptFile = join(folder, `${stem}.js`);
  const [script, wasmBinary] = await Promise.all([
    readFile(scriptFile, 'utf8'),
    readFile(join(folder, `${stem}.wasm`)),
  ]);
  const createModule = evaluateCommonJs(script, scriptFile) as ModuleFactory;
  const module = await createModule({ wasmBinary, print: onLogLine, printErr: onLogLine });
  module.setupLogging();
  return module;
}

/** "2.5.3", for provenance. */
export function liteRtVersion(): string {
  const { version } = requireHere('@litertjs/core/package.json') as { version: string };
  return version;
}

const packageFolder = () => dirname(requireHere.resolve('@litertjs/core/package.json'));

/**
 * Emscripten's glue is CommonJS inside a package declared "type": "module", so neither `import`
 * nor `require` takes it. This is what Node's own CommonJS loader does with a file, so that it
 * works from any folder, packaged or not, and leaves no global behind. `process` is a decoy: the
 * glue would set this process's exit code when the module aborts.
 */
function evaluateCommonJs(script: string, file: string): unknown {
  const module = { exports: {} as unknown };
  const body = compileFunction(
    script,
    ['module', 'exports', 'require', '__filename', '__dirname', 'process', 'self'],
    { filename: file },
  ) as (...globals: unknown[]) => void;
  const decoyProcess = { argv: [], exitCode: 0 };
  const decoySelf = { navigator: { hardwareConcurrency: 1 } };
  body(module, module.exports, requireHere, file, dirname(file), decoyProcess, decoySelf);
  return module.exports;
}

/** V8 before 11.4 (Node 20) has relaxed SIMD behind a flag that may still be set at run time. */
function enableRelaxedSimd(): boolean {
  if (!hasRelaxedSimd()) setFlagsFromString('--experimental-wasm-relaxed-simd');
  return hasRelaxedSimd();
}
