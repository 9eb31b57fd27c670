import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  type ModelFile,
  planPush,
  type PushPlan,
} from '../../src/main/services/deploy/phones/push-plan';
import {
  companionContractSchema,
  companionManifestSchema,
} from '../../src/shared/domain/companion-protocol';
import { companionTarget } from '../../src/shared/domain/deployment';
import { createRandom } from '../../src/shared/domain/random';
import { createFakeModel } from '../../tests/fakes/fake-model';

const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** A model as far as a push looks at one: so many bytes. */
export function drawModel(folder: string, name: string, bytes: number): ModelFile {
  const random = createRandom(bytes);
  const content = Buffer.from(Array.from({ length: bytes }, () => random.index(256)));
  const path = join(folder, `${name}.tflite`);
  writeFileSync(path, content);
  return { path, model: createFakeModel({ name, bytes, sha256: digest(content) }) };
}

/** What a push of a model writes; `before` is what the phone ran until then. */
export const planOf = (model: ModelFile, before: ModelFile): PushPlan =>
  planPush({
    target: companionTarget,
    models: [model],
    project: 'Faults',
    at: new Date(0),
    keep: [before.model.sha256],
  });

/** Leaves a phone's folder as a push that went well does. */
export function holdOnly(folder: string, plan: PushPlan): void {
  rmSync(folder, { recursive: true, force: true });
  for (const { name, source } of plan.files) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, 'path' in source ? readFileSync(source.path) : source.content);
  }
}

/**
 * What a phone holds that its app could not run, in words; nothing when all is well.
 * @param allowed what the manifest may name; 'nothing' where the app may be gone with its files.
 */
export function wrongWith(
  folder: string,
  allowed: Partial<Record<'old' | 'new', ModelFile>>,
  mayBeGone = false,
): string[] {
  const read = (name: string) => readFileSync(join(folder, name));
  if (!existsSync(join(folder, 'manifest.json'))) return mayBeGone ? [] : ['there is no manifest'];
  const parse = (name: string): unknown => JSON.parse(read(name).toString('utf8'));
  try {
    const manifest = companionManifestSchema.parse(parse('manifest.json'));
    const hashes = Object.values(allowed).map(({ model }) => model.sha256);
    const wrong = hashes.includes(manifest.active) ? [] : ['the manifest names another model'];
    for (const { sha256, file, contract } of manifest.models) {
      if (digest(read(file)) !== sha256) wrong.push(`${file} holds other bytes`);
      if (companionContractSchema.parse(parse(contract)).sha256 !== sha256) {
        wrong.push(`${contract} is of another model`);
      }
    }
    return wrong;
  } catch (error) {
    return [`what the manifest needs can’t be read: ${String(error)}`];
  }
}

/** What cut pushes left on a phone's whole disk. */
export const leftovers = (disk: string): string[] =>
  readdirSync(disk, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.part'));
