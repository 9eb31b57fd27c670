import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type ModelFile, planPush } from '../../../../src/main/services/deploy/phones/push-plan';
import {
  type CompanionResult,
  companionResultSchema,
  readCompanionMessage,
} from '../../../../src/shared/domain/companion-protocol';
import { companionTarget } from '../../../../src/shared/domain/deployment';
import { questionAbout } from '../../../bench/phone-page';

/** What a push of models with a question about photos leaves on a phone; questions push in turn. */
export async function pushInto(
  folder: string,
  id: string,
  models: readonly ModelFile[],
  photos: readonly string[],
): Promise<void> {
  const plan = planPush({
    target: companionTarget,
    models,
    project: 'Phone library',
    at: new Date(),
    golden: await questionAbout(id, models, photos),
    keep: [],
  });
  for (const { name, source } of plan.files) {
    const file = join(folder, name);
    await mkdir(dirname(file), { recursive: true });
    if ('path' in source) await copyFile(source.path, file);
    else await writeFile(file, source.content);
  }
}

/** @throws Error when the phone has not answered, or not by the protocol. */
export async function resultIn(folder: string, id: string): Promise<CompanionResult> {
  const text = await readFile(join(folder, 'results', `${id}.json`), 'utf8');
  const reading = readCompanionMessage(companionResultSchema, text);
  if (reading.problem !== undefined) throw new Error(`The result of ${id} is ${reading.problem}`);
  return reading.message;
}
