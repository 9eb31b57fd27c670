import type { StudioClient } from '../../../shared/api/contract';
import { AppError } from '../../../shared/api/errors';
import type { CompanionPage } from '../../../shared/domain/companion-page';
import { companionTarget } from '../../../shared/domain/deployment';
import type { DeviceId } from '../../../shared/domain/device';
import type { ModelId } from '../../../shared/domain/model';
import type { CommandLine } from './command-runner';
import { outcomeOf, outcomeText, pushTo } from './commands/push';

type Phone = CompanionPage['phones'][number];

/** Pushes to each phone as it opens the page; one that comes back and has these models already gets nothing. */
export function followPhones(
  line: CommandLine,
  client: StudioClient,
  models: readonly ModelId[],
  say: (json: object, text: string) => void,
): (page: CompanionPage) => void {
  let here = new Set<DeviceId>();
  const under = new Set<DeviceId>();

  async function bring(phone: Phone): Promise<void> {
    const { id, name } = phone;
    under.add(id);
    try {
      if (await holds(client, phone, models)) {
        return say({ deviceId: id, holds: models }, `${name} has it already: nothing is pushed.`);
      }
      const outcome = await pushTo(line, client, id, {
        model: [...models],
        target: companionTarget.id,
      });
      say(outcomeOf(outcome), outcomeText(outcome));
    } catch (error) {
      // Ctrl+C ends what is under way.
      if (error instanceof AppError) return line.terminal.note(error.message);
      line.environment.log.error('A push failed', error);
    } finally {
      under.delete(id);
    }
  }

  return ({ phones }) => {
    const before = here;
    const open = phones.filter(({ isConnected }) => isConnected);
    here = new Set(open.map(({ id }) => id));
    for (const phone of open) if (!before.has(phone.id) && !under.has(phone.id)) void bring(phone);
  };
}

/** Whether what a phone has runs the first of these models, and may switch to the others. */
async function holds(
  client: StudioClient,
  phone: Phone,
  wanted: readonly ModelId[],
): Promise<boolean> {
  const { models } = await client.call('models.list', {});
  const hashes = wanted.map((id) => models.find((model) => model.id === id)?.sha256);
  return (
    phone.models[0] === hashes[0] &&
    hashes.every((hash) => hash !== undefined && phone.models.includes(hash))
  );
}
