import { version } from '@litertjs/core/package.json';
import { hasRelaxedSimd } from '../../main/engine/runtime/web-assembly';
import type { ModuleFactory, WasmBuild } from '../../main/engine/runtime/wasm-module';

/**
 * Threads load the glue themselves, and LiteRT waits for ever when one of them can't. That is seen behind a certificate
 * that a browser does not trust, where somebody went on.
 */
const threadsPatienceMs = 10_000;

/** More threads than fast cores make phones slower. */
const mostThreads = 4;

interface WorkerScope {
  importScripts(url: string): void;
  ModuleFactory?: ModuleFactory;
}

/**
 * LiteRT's WebAssembly build for this browser: with threads where the page is isolated (on localhost it
 * is, over plain Wi-Fi it is not). For classic workers: its glue is no module.
 */
export function browserBuild({ threads: mayThread = true } = {}): WasmBuild {
  const threads =
    mayThread && crossOriginIsolated && hasRelaxedSimd()
      ? Math.min(mostThreads, Math.max(1, navigator.hardwareConcurrency))
      : 1;
  const stem =
    threads > 1
      ? 'litert_wasm_threaded_internal'
      : hasRelaxedSimd()
        ? 'litert_wasm_internal'
        : 'litert_wasm_compat_internal';
  const simd = hasRelaxedSimd() ? 'relaxed SIMD' : 'SIMD';
  return {
    name: `LiteRT ${version} WebAssembly (${simd})`,
    threads,
    async loadModule(onLogLine) {
      const url = new URL(`/litert/${version}/${stem}`, location.origin).href;
      const scope = self as unknown as WorkerScope;
      scope.importScripts(`${url}.js`);
      const { ModuleFactory: createModule } = scope;
      if (!createModule) throw new Error(`${stem} did not load`);
      const file = await fetch(`${url}.wasm`);
      if (!file.ok) throw new Error(`${stem}: ${file.status}`);
      const starting = createModule({
        wasmBinary: new Uint8Array(await file.arrayBuffer()),
        mainScriptUrlOrBlob: `${url}.js`,
        print: onLogLine,
        printErr: onLogLine,
      });
      const module = await (threads > 1 ? inTime(starting, threadsPatienceMs) : starting);
      module.setupLogging();
      return module;
    },
  };
}

/** @throws when it takes longer. */
function inTime<Result>(work: Promise<Result>, ms: number): Promise<Result> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not started within ${ms} ms`)), ms);
  });
  return Promise.race([work, tooLong]).finally(() => clearTimeout(timer));
}
