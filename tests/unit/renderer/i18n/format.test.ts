import {
  formatAgo,
  formatBytes,
  formatDuration,
  formatPercent,
  formatPoints,
} from '@renderer/i18n/format';
import { describe, expect, it } from 'vitest';

describe('format', () => {
  it('writes differences with a true minus and no sign for none', () => {
    expect(formatPoints(-0.0042)).toBe('−0.4 pts');
    expect(formatPoints(0.01)).toBe('+1.0 pts');
    expect(formatPoints(0)).toBe('0.0 pts');
    expect(formatPoints(-0.0001)).toBe('0.0 pts');
  });

  it('writes shares', () => {
    expect(formatPercent(0.98712)).toBe('98.7%');
    expect(formatPercent(1, 0)).toBe('100%');
  });

  it('writes sizes in decimal units', () => {
    expect(formatBytes(1)).toBe('1 byte');
    expect(formatBytes(999)).toBe('999 bytes');
    expect(formatBytes(3_402_752)).toBe('3.4 MB');
    expect(formatBytes(13_600_000_000)).toBe('13.6 GB');
  });

  it('writes spans of time, never as nothing', () => {
    expect(formatDuration(120)).toBe('1 s');
    expect(formatDuration(8400)).toBe('8 s');
    expect(formatDuration(59_700)).toBe('1 min');
    expect(formatDuration(185_000)).toBe('3 min');
    expect(formatDuration(4_800_000)).toBe('1 h 20 min');
    expect(formatDuration(7_200_000)).toBe('2 h');
  });

  it('writes how long ago', () => {
    const now = Date.parse('2026-03-01T12:00:00Z');
    expect(formatAgo('2026-03-01T11:59:40Z', now)).toBe('now');
    expect(formatAgo('2026-03-01T11:57:50Z', now)).toMatch(/^2 min/);
    expect(formatAgo('2026-02-28T11:00:00Z', now)).toBe('yesterday');
  });
});
