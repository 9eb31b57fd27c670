import { type CallFailure, failed } from './call-failure';
import type { WasmBuild, WasmModule } from './wasm-module';
import { webAssembly } from './web-assembly';

/**
 * LiteRT's WebAssembly module with what it logs and whether it is still alive. LiteRT reports
 * many failures by a log line that starts with "ERROR:" and then goes on as if nothing happened,
 * so every call goes through `call`, which reads the log.
 */
export interface WasmInstance {
  readonly module: WasmModule;
  readonly threads: number;
  readonly environment: ReturnType<WasmModule['LiteRtEnvironment']['create']>;
  /** The module trapped or aborted: nothing in it can be used again. */
  readonly aborted: boolean;
  /**
   * Runs `action` on the module.
   * @throws AppError `failure.code` when it throws, aborts or logs an error.
   */
  call<Result>(action: () => Result, failure: CallFailure): Result;
}

export async function startWasmInstance(build: WasmBuild): Promise<WasmInstance> {
  let errorLines: string[] = [];
  let aborted = false;
  const module = await build.loadModule((line) => {
    if (line.startsWith('ERROR:')) errorLines.push(line.slice('ERROR:'.length).trim());
  });

  return {
    module,
    threads: build.threads,
    environment: module.LiteRtEnvironment.create(null),
    get aborted() {
      return aborted;
    },
    call(action, failure) {
      if (aborted) throw failed(failure, ['LiteRT has stopped after an earlier error']);
      errorLines = [];
      let result: ReturnType<typeof action>;
      try {
        result = action();
      } catch (cause) {
        aborted = cause instanceof webAssembly.RuntimeError;
        throw failed(failure, [...errorLines, describe(cause)], cause);
      }
      if (errorLines.length > 0) throw failed(failure, errorLines);
      return result;
    },
  };
}

const describe = (cause: unknown) => (cause instanceof Error ? cause.message : String(cause));
