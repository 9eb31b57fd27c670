import { endOfWritten } from '@main/engine/runtime/weigh-wasm-model';
import { expect, it } from 'vitest';

it('finds where memory that was never written begins', () => {
  expect(endOfWritten(new Uint8Array(8))).toBe(0);
  expect(endOfWritten(Uint8Array.of(0, 7, 0, 9, 0, 0))).toBe(4);
  expect(endOfWritten(Uint8Array.of(0, 1))).toBe(2);
});
