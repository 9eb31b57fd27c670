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
};

export const devicesEvents = {
  'devices.changed': phones,
};
