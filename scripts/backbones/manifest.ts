import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { backboneSchema } from '../../src/shared/domain/backbone';

/** `resources/backbones/NAME.json` with what the conversion needs beside what the studio reads. */
const manifestSchema = backboneSchema.extend({
  source: z.object({
    registry: z.literal('PyPI'),
    package: z.string(),
    version: z.string(),
    wheelSha256: z.string().length(64),
    file: z.string(),
    fileSha256: z.string().length(64),
  }),
});
export type Manifest = z.infer<typeof manifestSchema>;

const folder = new URL('../../resources/backbones/', import.meta.url);

const manifestUrl = (name: string): URL => new URL(`${name}.json`, folder);

export const modelUrl = (manifest: Manifest): URL => new URL(manifest.file, folder);

export const readManifest = (name: string): Manifest =>
  manifestSchema.parse(JSON.parse(readFileSync(manifestUrl(name), 'utf8')));

/** Changes what depends on the file's bytes and leaves all else as it stands there. */
export function updateManifest(name: string, facts: { bytes: number; sha256: string }): void {
  const manifest = JSON.parse(readFileSync(manifestUrl(name), 'utf8')) as object;
  writeFileSync(manifestUrl(name), `${JSON.stringify({ ...manifest, ...facts }, undefined, 2)}\n`);
}
