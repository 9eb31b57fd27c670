import type { CompanionFeedback } from '../../shared/domain/companion-protocol';

/** A photo, and what a person said about it. */
export interface Correction {
  photo: Blob;
  message: CompanionFeedback;
}

export type Posted =
  | { outcome: 'sent' }
  /** Not now: the studio is not there, or has no room; `reason` is what it said. */
  | { outcome: 'later'; reason?: string }
  /** Never: it would be refused again. */
  | { outcome: 'refused'; reason: string };

interface Refusal {
  status: number;
  code?: string;
  reason: string;
}

/** They are about what was sent; all else is about the studio or the time. */
const forGood: ReadonlySet<number> = new Set([400, 404, 409, 413]);

/** Sends the photo first, then the words about it, as the companion protocol has it. */
export async function postCorrection({ photo, message }: Correction): Promise<Posted> {
  const sendPhoto = () => post(`/${message.photo.file}`, photo, 'image/jpeg');
  const sendMessage = () => post('/feedback', JSON.stringify(message), 'application/json');
  try {
    let refusal = (await sendPhoto()) ?? (await sendMessage());
    // The studio has taken the same photo with earlier words in between.
    if (refusal?.code === 'not-ready') refusal = (await sendPhoto()) ?? (await sendMessage());
    if (!refusal) return { outcome: 'sent' };
    const { status, reason } = refusal;
    return { outcome: forGood.has(status) ? 'refused' : 'later', reason };
  } catch {
    return { outcome: 'later' };
  }
}

/** @returns what the studio has against it. @throws when the studio is not there. */
async function post(path: string, body: Blob | string, type: string): Promise<Refusal | undefined> {
  const answer = await fetch(path, { method: 'POST', headers: { 'content-type': type }, body });
  if (answer.ok) return undefined;
  const said = (await answer.json().catch(() => ({}))) as Record<string, string | undefined>;
  const reason = [said['message'], said['remedy']].filter(Boolean).join(' ');
  const { status } = answer;
  return { status, reason, ...(said['code'] === undefined ? {} : { code: said['code'] }) };
}
