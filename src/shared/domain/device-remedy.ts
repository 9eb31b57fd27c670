import type { Device, DeviceState } from './device';

export interface DeviceRemedy {
  /** What is the matter, in one sentence. */
  says: string;
  /** What to do about it, in this order; empty when there is nothing to do. */
  steps: readonly string[];
}

/** How Apple's device service is brought to run, on whatever computer this is. */
export const startAppleService =
  'Windows: install “Apple Devices” from the Microsoft Store. Linux: install and start usbmuxd. macOS: restart the computer.';

const remedies: Record<Exclude<DeviceState, 'debugging-off'>, DeviceRemedy> = {
  ready: { says: 'Ready.', steps: [] },
  unauthorized: {
    says: 'The phone asks whether this computer may use it.',
    steps: [
      'Unlock the phone and look at its screen.',
      'Tick “Always allow from this computer” and tap Allow.',
      'No question there? Unplug and plug in again, or tap “Revoke USB debugging authorizations” in the developer options first.',
    ],
  },
  offline: {
    says: 'The phone is known but does not answer.',
    steps: [
      'Unlock the phone and look whether it asks for permission.',
      'Unplug and plug in again, with another cable or port if you have one.',
      'Turn USB debugging off and on in the developer options.',
    ],
  },
  recovering: {
    says: 'The phone is starting, or in recovery mode.',
    steps: ['Wait until its home screen is there, or choose “Reboot system now”.'],
  },
  'no-permission': {
    says: 'The system does not let this user talk to the phone.',
    steps: [
      'Install the udev rules that “pocketlens doctor” prints (package android-sdk-platform-tools-common on Debian and Ubuntu).',
      'Unplug the phone and plug it in again.',
    ],
  },
  'not-trusted': {
    says: 'The iPhone does not trust this computer yet.',
    steps: ['Unlock the iPhone.', 'Tap Trust when it asks, and enter its code.'],
  },
  'trust-pending': {
    says: 'The iPhone asks whether to trust this computer.',
    steps: ['Look at the iPhone, tap Trust, and enter its code.'],
  },
  'trust-denied': {
    says: 'The iPhone was told not to trust this computer.',
    steps: ['Unplug it and plug it in again.', 'Tap Trust this time, and enter its code.'],
  },
  locked: {
    says: 'The iPhone is locked.',
    steps: ['Unlock it with its code, and keep the screen on until the push is done.'],
  },
  'trust-revoked': {
    says: 'The iPhone no longer knows this computer.',
    steps: ['Unlock it, tap Trust when it asks, and enter its code.'],
  },
  'no-service': {
    says: 'The iPhone is plugged in, but Apple’s device service does not see it.',
    steps: [
      'Unlock the iPhone and look whether it asks to trust this computer.',
      startAppleService,
    ],
  },
};

/** What an iPhone has of these states, it has without developer options. */
const offlineIphone: DeviceRemedy = {
  says: 'The iPhone is known but does not answer.',
  steps: [
    'Unlock the iPhone and keep its screen on.',
    'Unplug and plug in again, with another cable or port if you have one.',
    'Still nothing? Restart the iPhone.',
  ],
};

/** How developer options are unlocked on the phones of makers that hide them elsewhere. */
const buildNumberPlaces: readonly [maker: RegExp, steps: string][] = [
  [/samsung/i, 'Settings › About phone › Software information: tap “Build number” seven times.'],
  [/xiaomi|redmi|poco/i, 'Settings › About phone: tap “MIUI version” or “OS version” seven times.'],
  [/huawei|honor/i, 'Settings › About phone: tap “Build number” seven times.'],
  [
    /oneplus|oppo|realme/i,
    'Settings › About device › Version: tap “Build number” (or “Version number”) seven times.',
  ],
  [/vivo/i, 'Settings › About phone › Software information: tap “Software version” seven times.'],
];

const usualBuildNumber = 'Settings › About phone: tap “Build number” seven times.';

/** What is the matter with a phone and what to do about it. */
export function deviceRemedy({
  state,
  platform,
  maker,
}: Pick<Device, 'state' | 'platform' | 'maker'>): DeviceRemedy {
  if (state === 'offline' && platform === 'ios') return offlineIphone;
  if (state !== 'debugging-off') return remedies[state];
  const unlock = buildNumberPlaces.find(([name]) => name.test(maker ?? ''))?.[1];
  return {
    says: 'A phone is plugged in, but USB debugging is off or its cable only charges.',
    steps: [
      unlock ?? usualBuildNumber,
      'Back in Settings, search for “USB debugging” and turn it on.',
      ...(/xiaomi|redmi|poco/i.test(maker ?? '')
        ? ['Turn on “USB debugging (Security settings)” and “Install via USB” too.']
        : []),
      'Still nothing? Choose “File transfer” in the phone’s USB notification, or try another cable.',
    ],
  };
}
