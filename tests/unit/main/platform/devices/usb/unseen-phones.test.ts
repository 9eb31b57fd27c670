import { phoneOnBus } from '@main/platform/devices/usb/phone-on-bus';
import { unseenPhones } from '@main/platform/devices/usb/unseen-phones';
import type { BusDevice } from '@main/platform/devices/usb/usb-bus';
import type { Device } from '@shared/domain/device';
import { deviceRemedy } from '@shared/domain/device-remedy';
import { describe, expect, it } from 'vitest';

const onBus = (changes: Partial<BusDevice>): BusDevice => ({
  vendorId: 0x04e8,
  productId: 0x6860,
  serial: 'R58M123',
  productName: 'Galaxy S24',
  interfaceClasses: [6],
  ...changes,
});
const iphone = onBus({
  vendorId: 0x05ac,
  productId: 0x12a8,
  serial: '00008101000D4D5C0A12001E',
  productName: 'iPhone',
  interfaceClasses: [6, 255],
});
const known = (id: string, changes: Partial<Device> = {}): Device => ({
  id,
  platform: 'android',
  state: 'unauthorized',
  name: 'A phone',
  connection: 'usb',
  ...changes,
});

describe('phoneOnBus', () => {
  it('is a phone of its maker, whose steps are told', () => {
    const phone = phoneOnBus(onBus({}));
    expect(phone).toMatchObject({
      id: 'usb:04e8:6860:R58M123',
      platform: 'android',
      state: 'debugging-off',
      name: 'Galaxy S24',
      maker: 'Samsung',
    });
    if (!phone) throw new Error('It is a phone');
    expect(deviceRemedy(phone).steps[0]).toContain('Software information');
  });

  it('has the name of its maker where it tells none', () => {
    const phone = phoneOnBus(onBus({ vendorId: 0x2717, productName: '', interfaceClasses: [] }));
    expect(phone?.name).toBe('Xiaomi phone');
  });

  it('is an iPhone that Apple’s service does not see', () => {
    const phone = phoneOnBus(iphone);
    expect(phone).toMatchObject({ platform: 'ios', state: 'no-service', maker: 'Apple' });
    expect(phone?.name).toBe('iPhone');
    expect(phone && deviceRemedy(phone).says).toContain('Apple’s device service does not see it');
  });

  it.each([
    ['a disk of a maker of phones', { interfaceClasses: [8] }],
    ['a keyboard of Apple', { vendorId: 0x05ac, productId: 0x024f, interfaceClasses: [3] }],
    ['a camera', { vendorId: 0x04a9, interfaceClasses: [6] }],
    ['a device that tells nothing', { interfaceClasses: [] }],
  ])('is not %s', (_, changes) => {
    expect(phoneOnBus(onBus(changes))).toBeUndefined();
  });
});

describe('unseenPhones', () => {
  const names = (bus: BusDevice[], devices: Device[]) =>
    unseenPhones(bus, devices).map(({ name }) => name);

  it('are those that no tool tells of', () => {
    expect(names([onBus({}), iphone], [])).toEqual(['Galaxy S24', 'iPhone']);
    expect(names([onBus({}), iphone], [known('android:R58M123')])).toEqual(['iPhone']);
    expect(names([iphone], [known('ios:00008101-000D4D5C0A12001E', { platform: 'ios' })])).toEqual(
      [],
    );
  });

  it('says nothing of one without a serial while a phone of its kind is known on a cable', () => {
    const silent = onBus({ serial: '' });
    expect(names([silent], [known('android:OTHER')])).toEqual([]);
    expect(names([silent], [known('android:1.2.3.4:5555', { connection: 'wifi' })])).toEqual([
      'Galaxy S24',
    ]);
  });
});
