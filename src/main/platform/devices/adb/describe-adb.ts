import { toShape } from '../../../../shared/api/errors';
import type { DeviceTool } from '../../../../shared/domain/device';
import type { AdbServer } from './adb-server';
import { atAdb } from './adb-session';

/** Whether Android phones can be reached, by which adb, and who says that it is this one; never throws. */
export async function describeAdb(server: AdbServer): Promise<DeviceTool> {
  const found = await server.program();
  const { path, origin } = found;
  const about = {
    name: 'adb' as const,
    ...(path === undefined ? {} : { location: path }),
    ...(origin === undefined ? {} : { origin }),
  };
  try {
    await server.ensure();
    const protocol = await atAdb(server, '', { idleMs: 5_000 }, ({ client }) => client.version());
    const { notice } = found;
    return {
      ...about,
      state: 'ready',
      // A server may run, or be elsewhere, where there is no program that works.
      version: 'problem' in found ? `1.0.${protocol}` : found.version,
      ...(notice === undefined ? {} : { notice }),
    };
  } catch (error) {
    const { message, remedy } = toShape(error);
    return {
      ...about,
      state: path === undefined ? 'missing' : 'failed',
      problem: message,
      ...(remedy === undefined ? {} : { remedy }),
    };
  }
}
