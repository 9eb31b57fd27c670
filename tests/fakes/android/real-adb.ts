import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { homedir } from 'node:os';
import { type AddressInfo, connect, createServer } from 'node:net';
import { promisify } from 'node:util';
import { fileExists } from '@main/platform/file-exists';
import { findAdb } from '@main/platform/devices/adb/find-adb';
import { probeAdb } from '@main/platform/devices/adb/probe-adb';

const run = promisify(execFile);

const { platform, env: surroundings } = process;
const found = await findAdb({
  platform,
  environment: surroundings,
  home: homedir(),
  exists: fileExists,
  probe: probeAdb,
});

/**
 * The adb of this computer; undefined: tests that need a real one are skipped. On Windows, too: the
 * pretended phones answer with this computer's own shell.
 */
export const adbBinary = platform === 'win32' || 'problem' in found ? undefined : found.path;

/** A real adb server of its own, on a port of its own, with keys of its own. */
export interface RealAdb {
  port: number;
  /** What a program needs to find this server. */
  environment: Record<string, string>;
  connect(address: string): Promise<string>;
  disconnect(address: string): Promise<void>;
  command(...args: string[]): Promise<string>;
  stop(): Promise<void>;
}

export async function startRealAdb(home: string): Promise<RealAdb> {
  if (adbBinary === undefined) throw new Error('There is no adb here');
  const binary = adbBinary;
  const port = await freePort();
  const environment = {
    ADB: binary,
    ANDROID_ADB_SERVER_PORT: String(port),
    ADB_MDNS: '0',
    HOME: home,
  };
  const env = { ...process.env, ...environment };
  const child = spawn(binary, ['-P', String(port), 'nodaemon', 'server'], { env, stdio: 'ignore' });
  await untilListening(port, child);
  const command = async (...args: string[]) => (await run(binary, args, { env })).stdout;
  return {
    port,
    environment,
    command,
    connect: (address) => command('connect', address),
    async disconnect(address) {
      await command('disconnect', address).catch(() => undefined);
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function untilListening(port: number, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    if (child.exitCode !== null) throw new Error(`adb ended with ${child.exitCode}`);
    const socket = connect(port, '127.0.0.1');
    try {
      await once(socket, 'connect');
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    } finally {
      socket.destroy();
    }
  }
  throw new Error('The adb server did not start');
}
