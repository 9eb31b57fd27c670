import { z } from 'zod';
import { deviceSchema, deviceToolSchema } from '../domain/device';
import { method } from './define';

const phones = z.object({
  devices: z.array(deviceSchema),
  /** What phones are reached through; one that is not ready says why its phones are not listed. */
  tools: z.array(deviceToolSchema),
});

/** Phones belong to the computer: they are there whether a project is open or not. */
export const devicesApi = {
  /**
   * Phones that are plugged in now. With `watch` every change comes as `devices.changed` from then on;
   * nothing looks for phones, nor starts a server of theirs, before this is called.
   */
  'devices.list': method(z.object({ watch: z.boolean().default(false) }), phones),
  /** Reaches an Android phone over Wi-Fi by `host:port`. */
  'devices.connect': method(
    z.object({
      address: z
        .string()
        .trim()
        .regex(/^[\w.-]+(:\d{1,5})?$/, 'An address looks like 192.168.1.5:5555.'),
    }),
    z.object({}),
  ),
  /** Has an Android phone allow this computer over Wi-Fi, by what its pairing dialog shows. */
  'devices.pair': method(
    z.object({
      address: z
        .string()
        .trim()
        .regex(
          /^[\w.-]+:\d{1,5}$/,
          'The address of a pairing dialog looks like 192.168.1.5:37099.',
        ),
      code: z
        .string()
        .transform((text) => text.replaceAll(/\s/g, ''))
        .pipe(z.string().regex(/^\d{6}$/, 'The code of a pairing dialog has six digits.')),
    }),
    z.object({
      /** What was connected to; absent when the phone is paired, but still to be connected. */
      connectedTo: z.string().optional(),
    }),
  ),
  /** Android phones in the network whose pairing dialog is open; empty when adb can't hear them. */
  'devices.waiting': method(
    z.object({}),
    z.object({ phones: z.array(z.object({ name: z.string(), address: z.string() })) }),
  ),
  /**
   * Has the studio use another adb from now on, in all its projects; without a path it looks for one
   * again. `devices.changed` follows.
   */
  'devices.chooseAdb': method(
    z.object({ path: z.string().trim().min(1).optional() }),
    z.object({ tool: deviceToolSchema }),
  ),
};

export const devicesEvents = {
  'devices.changed': phones,
};
