import { z } from 'zod';
import { errorShapeSchema } from '../domain/job';

/** All that ever crosses a channel, as JSON text. Five kinds of message; no more is needed. */
export const clientMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('call'), id: z.int(), method: z.string(), input: z.unknown() }),
  z.object({ type: z.literal('cancel'), id: z.int() }),
]);
export type ClientMessage = z.infer<typeof clientMessageSchema>;

export const serverMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('result'), id: z.int(), value: z.unknown() }),
  z.object({ type: z.literal('error'), id: z.int(), error: errorShapeSchema }),
  z.object({ type: z.literal('event'), name: z.string(), payload: z.unknown() }),
]);
export type ServerMessage = z.infer<typeof serverMessageSchema>;
