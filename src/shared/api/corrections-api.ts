import { z } from 'zod';
import { correctionIdSchema, correctionSchema, correctionStateSchema } from '../domain/correction';
import { deviceIdSchema } from '../domain/device';
import { jobIdSchema } from '../domain/job';
import { labelIdSchema } from '../domain/label';
import { method } from './define';

/** What was done, for the toast. Not called a description: undo takes back what has one. */
const done = z.object({ sentence: z.string() });
const ids = z.array(correctionIdSchema).min(1).max(1000);

/** Photos that people corrected or collected on phones, until somebody decides about them. */
export const correctionsApi = {
  /** The newest first, and how many there are of each state. */
  'corrections.list': method(
    z.object({
      state: correctionStateSchema,
      offset: z.int().nonnegative(),
      limit: z.int().min(1).max(1000),
    }),
    z.object({
      corrections: z.array(correctionSchema),
      counts: z.object({ new: z.int(), accepted: z.int(), dismissed: z.int() }),
    }),
  ),
  /**
   * Takes photos into the data set with a label: the given one, or what the person said. Labels are
   * one step of the history. All or none: one without a label of the project refuses the call.
   */
  'corrections.accept': method(
    z.object({
      items: z
        .array(z.object({ id: correctionIdSchema, labelId: labelIdSchema.optional() }))
        .min(1)
        .max(200),
    }),
    /** `edited`: a step of the history was made, which undo takes back. */
    done.extend({ edited: z.boolean() }),
  ),
  /**
   * Out of the way, not away: `restore` brings them back, for `dismissedKeptDays`. Also takes back that
   * they were forgotten, as long as the project is open.
   */
  'corrections.dismiss': method(z.object({ ids }), done),
  'corrections.restore': method(z.object({ ids }), done),
  /**
   * Has all that are dismissed go now. Their photos are removed from the disk when the project is
   * closed, those that are photos of the project excepted.
   */
  'corrections.forgetDismissed': method(
    z.object({}),
    done.extend({ ids: z.array(correctionIdSchema), bytes: z.int().nonnegative() }),
  ),
  /**
   * Looks at the phones that this project has pushed to, or at one of them, and takes what people
   * corrected there into the inbox: one job for each that has something. What the program does by
   * itself when a phone is plugged in, at once.
   */
  'corrections.readPhones': method(
    z.object({ deviceId: deviceIdSchema.optional() }),
    done.extend({ jobIds: z.array(jobIdSchema) }),
  ),
};

export const correctionsEvents = {
  /** One came, or was decided about. */
  'corrections.changed': z.object({}),
};
