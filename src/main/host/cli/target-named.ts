import type { StudioClient } from '../../../shared/api/contract';
import { AppError } from '../../../shared/api/errors';
import { companionTarget, type PushTarget } from '../../../shared/domain/deployment';

/**
 * The target that a person means by an id, or by the name that the Deploy page shows.
 * @throws AppError 'not-found' with all there are, 'bad-request' when several have that name.
 */
export async function targetNamed(client: StudioClient, text: string): Promise<PushTarget['id']> {
  if (text === companionTarget.id) return text;
  const { targets } = await client.call('deploy.pushes', {});
  const wanted = text.trim().toLowerCase();
  const byId = targets.find(({ id }) => id === wanted);
  const [found, ...others] = byId
    ? [byId]
    : targets.filter(({ name }) => name.toLowerCase() === wanted);
  if (!found) {
    throw new AppError(
      'not-found',
      `This project knows no app or folder on phones called ${text}. It knows ${listOf(targets)}.`,
      'Take one of these for --target, or add yours on the Deploy page.',
    );
  }
  if (others.length === 0) return found.id;
  throw new AppError(
    'bad-request',
    `Several are called ${text}: ${listOf([found, ...others])}.`,
    'Take the id of one for --target.',
  );
}

const listOf = (targets: readonly PushTarget[]) =>
  targets.map(({ id, name }) => `${id} (${name})`).join(', ');
