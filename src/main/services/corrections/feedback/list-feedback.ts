import { throwIfCancelled } from '../../../../shared/api/errors';
import {
  type CompanionFeedback,
  companionFeedbackSchema,
  companionManifestSchema,
  readCompanionMessage,
} from '../../../../shared/domain/companion-protocol';
import { largestCorrectionBytes } from '../../../../shared/domain/correction';
import type { DeviceFile, DeviceFolder } from '../../../platform/devices/device-transport';

export const feedbackFolder = 'feedback';
/** A message has a few hundred bytes. */
const largestMessage = 64 << 10;

/** A message of the phone that stays there, and why. */
export interface LeftFeedback {
  /** Of the message, in the app's folder. */
  file: string;
  problem: string;
}

export interface FeedbackOnPhone {
  /** In the order of their names, which apps give by time. */
  messages: { file: string; message: CompanionFeedback }[];
  left: LeftFeedback[];
  /** Messages about models that another project has pushed: for that one to take. */
  foreign: string[];
  /** By photo, how many messages are about it, be they taken or not. */
  mentions: Map<string, number>;
}

/** Files that say something, without a look into them. */
export async function listMessages(folder: Pick<DeviceFolder, 'list'>): Promise<DeviceFile[]> {
  const files = await folder.list(feedbackFolder);
  return files
    .filter(({ name, isFolder }) => !isFolder && /^[^.].*\.json$/.test(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * Reads what people said on a phone; the photos stay where they are for now.
 * @param ourModels hashes of the models that this project has, or has pushed.
 */
export async function listFeedback(
  folder: Pick<DeviceFolder, 'list' | 'read'>,
  ourModels: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<FeedbackOnPhone> {
  const found: FeedbackOnPhone = { messages: [], left: [], foreign: [], mentions: new Map() };
  const files = await folder.list(feedbackFolder);
  const sizes = new Map(
    files
      .filter(({ name }) => !name.endsWith('.json'))
      .map(({ name, bytes }) => [`${feedbackFolder}/${name}`, bytes]),
  );
  const collectedIsOurs = await readsOurManifest(folder, ourModels, signal);
  for (const { name, bytes } of await listMessages({ list: async () => files })) {
    throwIfCancelled(signal);
    const file = `${feedbackFolder}/${name}`;
    const leave = (problem: string) => void found.left.push({ file, problem });
    if (bytes > largestMessage) {
      leave('The message is larger than a message can be.');
      continue;
    }
    const text = await folder.read(file, signal);
    // Taken back on the phone meanwhile.
    if (!text) continue;
    const { message, problem } = readMessage(text);
    if (!message) {
      leave(problem);
      continue;
    }
    found.mentions.set(message.photo.file, (found.mentions.get(message.photo.file) ?? 0) + 1);
    if (message.model === undefined ? !collectedIsOurs : !ourModels.has(message.model)) {
      found.foreign.push(file);
    } else {
      const why = photoProblem(message, sizes);
      if (why === undefined) found.messages.push({ file, message });
      else leave(why);
    }
  }
  return found;
}

function readMessage(
  bytes: Uint8Array,
): { message: CompanionFeedback; problem?: undefined } | { message?: undefined; problem: string } {
  const text = Buffer.from(bytes).toString('utf8');
  const reading = readCompanionMessage(companionFeedbackSchema, text);
  if (reading.problem === undefined) return { message: reading.message };
  return {
    problem:
      reading.problem === 'newer'
        ? 'The app speaks a newer version of the companion protocol. Update Pocketlens Studio.'
        : 'The message is not what the companion protocol says.',
  };
}

function photoProblem(
  { photo }: CompanionFeedback,
  sizes: ReadonlyMap<string, number>,
): string | undefined {
  const bytes = sizes.get(photo.file);
  if (bytes === undefined) return 'Its photo is not beside it.';
  return bytes > largestCorrectionBytes ? 'Its photo is too large.' : undefined;
}

/** Photos that were only collected name no model: they belong to who has pushed last. */
async function readsOurManifest(
  folder: Pick<DeviceFolder, 'read'>,
  ourModels: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<boolean> {
  const text = await folder.read('manifest.json', signal);
  if (!text) return false;
  const reading = readCompanionMessage(companionManifestSchema, Buffer.from(text).toString('utf8'));
  return reading.problem === undefined && ourModels.has(reading.message.active);
}
