import { randomBytes } from 'node:crypto';
import type { InstallOutcome, PutSource, TransferHooks } from '../device-transport';
import type { AdbServer } from './adb-server';
import { quoted, runShell } from './adb-shell';
import { pushFile } from './adb-push';
import { explainInstallFailure } from './explain-install-failure';

/** Android checks an app before it takes it, and some makers ask the person at the phone. */
const installMs = 120_000;

export interface InstallPlace {
  server: AdbServer;
  serial: string;
  /** How long the phone may be silent while it is sent the file. */
  idleMs: number;
}

/**
 * Puts an app on a phone, or its newer form over an older one; its data stays. Nothing is sent when the
 * phone has just this file already.
 */
export async function installApk(
  { server, serial, idleMs }: InstallPlace,
  appId: string,
  apk: PutSource,
  hooks: TransferHooks,
): Promise<InstallOutcome> {
  const { signal } = hooks;
  const shell = (command: string, patienceMs: number) =>
    runShell(server, serial, command, { signal, idleMs: patienceMs });
  const installed = await shell(
    `at=$(pm path ${quoted(appId)} | head -n 1); [ -n "$at" ] && sha256sum "\${at#package:}"`,
    idleMs,
  );
  if (installed.output.includes(apk.sha256)) return 'current';

  const there = `/data/local/tmp/pocketlens-${randomBytes(6).toString('hex')}.apk`;
  try {
    await pushFile(server, serial, apk, there, { ...hooks, idleMs });
    const { output } = await shell(`pm install -r ${quoted(there)}`, installMs);
    if (!/^Success/m.test(output)) throw explainInstallFailure(output);
  } finally {
    // Without the signal: what a cancelled push has sent is to go, too.
    await runShell(server, serial, `rm -f ${quoted(there)}`, { idleMs }).catch(() => undefined);
  }
  return 'installed';
}
