import { collectDropped } from './dropped-files';
import { pickFiles } from './pick-files';
import type { StudioHost } from './studio-host';
import { uploadFiles } from './upload-files';
import { openWebSocketChannel } from './web-socket-channel';

/** A browser tab that was opened from the link of `pocketlens serve`; a cookie carries its token. */
export function createWebHost(origin: string): StudioHost {
  return {
    kind: 'web',
    openChannel: () => openWebSocketChannel(`${origin.replace(/^http/, 'ws')}/rpc`),
    mediaUrl: (path) => `${origin}/media/${path}`,
    async stageDrop(transfer, options) {
      const files = await collectDropped(transfer);
      return files.length === 0 ? undefined : uploadFiles(origin, files, options);
    },
    stageShots: (files, options) =>
      uploadFiles(
        origin,
        files.map((file) => ({ file, relativePath: file.name })),
        options,
      ),
    async chooseSources(kind, options) {
      const files = await pickFiles(kind);
      return files.length === 0 ? undefined : uploadFiles(origin, files, options);
    },
  };
}
