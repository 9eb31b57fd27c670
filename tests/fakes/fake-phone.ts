import type { Device, DeviceTool } from '@shared/domain/device';

export const pixel: Device = {
  id: 'android:PIXEL8',
  platform: 'android',
  state: 'ready',
  name: 'Google Pixel 8',
  maker: 'Google',
  model: 'Pixel 8',
  osVersion: '15',
  connection: 'usb',
};

export const adbTool: DeviceTool = { name: 'adb', state: 'ready', version: '1.0.41' };
