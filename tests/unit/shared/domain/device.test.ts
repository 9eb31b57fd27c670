import { describe, expect, it } from 'vitest';
import { devicePlaceSchema, deviceStates } from '@shared/domain/device';
import { deviceRemedy } from '@shared/domain/device-remedy';

describe('a remedy', () => {
  it.each(deviceStates.filter((state) => state !== 'ready'))('is there for %s', (state) => {
    for (const platform of ['android', 'ios'] as const) {
      const { says, steps } = deviceRemedy({ state, platform });
      expect(says).toMatch(/\.$/);
      expect(steps.length).toBeGreaterThan(0);
    }
  });

  it.each(['offline', 'locked', 'no-service', 'trust-revoked'] as const)(
    'for an iPhone that is %s sends nobody into Android’s menus',
    (state) => {
      const { says, steps } = deviceRemedy({ state, platform: 'ios' });
      expect(says).toContain('iPhone');
      expect(steps.join(' ')).not.toMatch(/debugging|developer options|udev/i);
    },
  );

  it('for a phone without debugging follows its maker’s menus', () => {
    const steps = (maker?: string) =>
      deviceRemedy({ state: 'debugging-off', platform: 'android', maker }).steps.join('\n');
    expect(steps('SAMSUNG')).toContain('Software information');
    expect(steps('Xiaomi')).toContain('Install via USB');
    expect(steps()).toContain('Build number');
  });
});

describe('a place on a phone', () => {
  it.each([
    { kind: 'app', appId: 'com.example.app', folder: 'models' },
    { kind: 'app', appId: 'com.example.app', folder: 'ml/models' },
    { kind: 'folder', path: '/sdcard/Download/My models' },
  ])('may be %j', (place) => {
    expect(devicePlaceSchema.safeParse(place).success).toBe(true);
  });

  it.each([
    { kind: 'app', appId: 'app; reboot', folder: 'models' },
    { kind: 'app', appId: 'com.example.app', folder: '../other' },
    { kind: 'app', appId: 'com.example.app', folder: '/data' },
    { kind: 'folder', path: 'Download' },
    { kind: 'folder', path: '/sdcard/../data' },
    { kind: 'folder', path: "/sdcard/x'; reboot" },
  ])('may not be %j', (place) => {
    const { error } = devicePlaceSchema.safeParse(place);
    // Whoever typed it reads this: an example, and no pattern.
    for (const { message } of error?.issues ?? [])
      expect(message).toMatch(/^A .* looks like .*\.$/);
    expect(error?.issues).toHaveLength(1);
  });
});
