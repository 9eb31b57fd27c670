import { readFile } from 'node:fs/promises';
import { type Backbone, backboneSchema } from '../../src/shared/domain/backbone';
import { inProject } from './bench-app';

/** The backbone that comes with the program and is the usual one. */
export async function readLite0(): Promise<{ facts: Backbone; file: Uint8Array }> {
  const facts = backboneSchema.parse(
    JSON.parse(await readFile(inProject('resources/backbones/efficientnet-lite0.json'), 'utf8')),
  );
  return { facts, file: await readFile(inProject(`resources/backbones/${facts.file}`)) };
}
