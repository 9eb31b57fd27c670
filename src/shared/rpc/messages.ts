import { z } from 'zod';
import { errorShapeSchema } from '../domain/job';

/** All that ever crosses a channel, as JSON text. Five kinds of message; no more is needed. */
export const clientMessageSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('call'),
    id: z.int(),
    method: z.string(),
    input: z.unknown().optional(),
  }),
  z.object({ type: z.literal('cancel'), id: z.int() }),
]);
export type ClientMessage = z.infer<typeof clientMessageSchema>;

export const serverMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('result'), id: z.int(), value: z.unknown().optional() }),
  z.object({ type: z.literal('error'), id: z.int(), error: errorShapeSchema }),
  z.object({ type: z.literal('event'), name: z.string(), payload: z.unknown().optional() }),
]);
export type ServerMessage = z.infer<typeof serverMessageSchema>;

/** undefined for a text that is no message: the other end speaks something else. */
export function parseMessage<Message>(schema: z.ZodType<Message>, text: string) {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
