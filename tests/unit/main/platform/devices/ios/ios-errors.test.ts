import {
  explainIosFailure,
  explainNoService,
  stateOfHandshake,
} from '@main/platform/devices/ios/ios-errors';
import { describe, expect, it } from 'vitest';

describe('what libimobiledevice reports', () => {
  it.each([
    ['lockdown', -17, 'device-refused', 'locked'],
    ['lockdown', -35, 'device-refused', 'locked'],
    ['lockdown', -18, 'device-refused', 'not to trust'],
    ['lockdown', -19, 'device-refused', 'asks whether to trust'],
    ['lockdown', -21, 'device-refused', 'no longer knows'],
    ['lockdown', -34, 'device-refused', 'management'],
    ['lockdown', -8, 'device-gone', 'broke'],
    ['device', -3, 'device-gone', 'not connected'],
    ['afc', 10, 'device-refused', 'does not let files be written'],
    ['afc', 18, 'no-space', 'no space left'],
    ['afc', 30, 'device-gone', 'broke'],
    ['afc', 999, 'device-refused', 'did not do it'],
  ] as const)('%s %i is said as %s', (family, code, errorCode, words) => {
    const error = explainIosFailure({ family, code, text: `x: ${code}` }, 'linux');
    expect(error.code).toBe(errorCode);
    expect(error.message).toContain(words);
    expect(error.remedy).toMatch(/\w+ .*\./);
  });

  it('a library that cannot be opened is named with the way to get it', () => {
    const failure = { family: 'library', code: 0, text: 'no such file' } as const;
    const error = explainIosFailure(failure, 'darwin');
    expect(error).toMatchObject({ code: 'tool-missing' });
    expect(error.remedy).toContain('brew install libimobiledevice');
  });

  it('a computer without Apple’s service is told how it gets one', () => {
    expect(explainNoService({})).toEqual({
      message: 'Apple’s device service is not running on this computer.',
      remedy: expect.stringContaining('Linux: install and start usbmuxd'),
    });
  });

  it('a phone that answers nothing known to a handshake is offline', () => {
    expect(stateOfHandshake(0)).toBe('ready');
    expect(stateOfHandshake(-256)).toBe('offline');
    expect(stateOfHandshake(Number.NaN)).toBe('offline');
  });
});
