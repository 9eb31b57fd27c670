import { z } from 'zod';

/** What a person wants to remember about something that is kept; empty for nothing. */
export const noteSchema = z
  .string()
  .max(2000)
  .transform((note) => note.trim());
