import type { Server } from 'node:http';
import { AppError } from '../../../shared/api/errors';

/**
 * Listens on a port, 0: any free one, and tells which.
 * @throws AppError 'busy' when the port is taken.
 */
export function listen(
  server: Server,
  { port, address }: { port: number; address: string },
): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') return reject(error);
      reject(
        new AppError(
          'busy',
          `Port ${port} can't be used: another program has it.`,
          'Choose another with --port, or any free one with --port 0.',
          { cause: error },
        ),
      );
    });
    server.listen(port, address, () => {
      const bound = server.address();
      resolve(typeof bound === 'object' && bound ? bound.port : port);
    });
  });
}
