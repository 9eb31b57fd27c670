import { z } from 'zod';

export const devicePlatformSchema = z.enum(['android', 'ios', 'browser']);
export type DevicePlatform = z.infer<typeof devicePlatformSchema>;

/**
 * `android:<serial>`, `ios:<UDID>`; the same phone has the same id whenever it comes back. `usb:…`
 * is one that only the USB bus knows of, until its own tool sees it. `browser:…` is one that is paired
 * with the companion page.
 */
export const deviceIdSchema = z
  .string()
  .regex(
    /^(android|ios|usb|browser):.+$/,
    'A phone is named like android:0A1B2C; “pocketlens devices” lists them.',
  );
export type DeviceId = z.infer<typeof deviceIdSchema>;

/** What stands between a phone and a push. Each but `ready` has a remedy (device-remedy.ts). */
export const deviceStates = [
  'ready',
  /** An Android phone on the USB bus that adb does not see: debugging is off, or the cable only charges. */
  'debugging-off',
  /** Android asks on its screen whether this computer may. */
  'unauthorized',
  /** Known, but it does not answer. */
  'offline',
  /** In recovery, sideload, bootloader or still starting. */
  'recovering',
  /** The system does not let this user talk to it (udev rules on Linux). */
  'no-permission',
  /** An iPhone that never trusted this computer. */
  'not-trusted',
  /** The trust dialog is open on its screen. */
  'trust-pending',
  'trust-denied',
  /** Its code has to be entered first. */
  'locked',
  /** It trusted this computer once and forgot about it. */
  'trust-revoked',
  /** An iPhone on the USB bus that Apple's device service (usbmuxd) does not see, or that has none. */
  'no-service',
] as const;
export const deviceStateSchema = z.enum(deviceStates);
export type DeviceState = z.infer<typeof deviceStateSchema>;

export const deviceSchema = z.object({
  id: deviceIdSchema,
  platform: devicePlatformSchema,
  state: deviceStateSchema,
  /** For people: "Pixel 8", "Ada’s iPhone"; its id while it tells nothing. */
  name: z.string(),
  maker: z.string().optional(),
  model: z.string().optional(),
  osVersion: z.string().optional(),
  connection: z.enum(['usb', 'wifi', 'browser']),
});
export type Device = z.infer<typeof deviceSchema>;

/** What a kind of phone is reached through, and whether it is there. */
export const deviceToolSchema = z.object({
  name: z.enum(['adb', 'libimobiledevice', 'usb', 'browser']),
  /** 'missing': not installed. 'failed': installed, but it does not work. */
  state: z.enum(['ready', 'missing', 'failed']),
  version: z.string().optional(),
  /** Where it was found, for people. */
  location: z.string().optional(),
  /** Of adb: who says that it is this one, a person or `ADB`; absent when it was looked for. */
  origin: z.enum(['setting', 'environment']).optional(),
  /** Of one that works: why it is not the one that a person chose, and what to do about that. */
  notice: z.string().optional(),
  /** What is wrong and what to do about it; present unless ready. */
  problem: z.string().optional(),
  remedy: z.string().optional(),
});
export type DeviceTool = z.infer<typeof deviceToolSchema>;

/** Whether phones can't be reached for want of it; without the bus only a hint is missing. */
export const isMissed = ({ name, state }: DeviceTool): boolean =>
  state !== 'ready' && name !== 'usb';

/** Where on a phone files go. */
export const devicePlaceSchema = z.discriminatedUnion('kind', [
  /**
   * A folder of an app: below `files/` of its external files folder on Android, below Documents on
   * an iPhone.
   */
  z.object({
    kind: z.literal('app'),
    /** Package name (Android) or bundle id (iPhone). */
    appId: z
      .string()
      .regex(
        /^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)+$/,
        'A package name or bundle id looks like com.example.app.',
      ),
    folder: z
      .string()
      .regex(
        /^(?!\/)(?!.*(^|\/)\.\.?(\/|$))[\w ./-]+$/,
        'A folder in an app’s files looks like models or ml/models: letters, digits, spaces and . _ - / only.',
      ),
  }),
  /** Any folder that the phone lets be written, `/sdcard/Download/models`; Android only. */
  z.object({
    kind: z.literal('folder'),
    path: z
      .string()
      .regex(
        /^\/(?!.*(^|\/)\.\.?(\/|$))[\w ./-]+$/,
        'A folder of a phone looks like /sdcard/Download/models: letters, digits, spaces and . _ - / only.',
      ),
  }),
]);
export type DevicePlace = z.infer<typeof devicePlaceSchema>;

/** Whether an app can take files: 'never-started' has no folder yet, 'sharing-off' hides it. */
export const appPresenceSchema = z.enum(['ready', 'missing', 'never-started', 'sharing-off']);
export type AppPresence = z.infer<typeof appPresenceSchema>;
