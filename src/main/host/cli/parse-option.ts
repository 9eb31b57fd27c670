import { InvalidArgumentError, Option } from 'commander';
import type { VersionSide } from '../../../shared/domain/dataset-version';

export const jsonOption = () =>
  new Option('--json', 'print only JSON on stdout; progress goes to stderr');

/** An option's whole number within bounds. */
export function wholeNumber(minimum: number, maximum: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (/^\d+$/.test(text) && number >= minimum && number <= maximum) return number;
    throw new InvalidArgumentError(`It is a whole number from ${minimum} to ${maximum}.`);
  };
}

export function positiveNumber(text: string): number {
  const number = Number(text);
  if (Number.isFinite(number) && number > 0) return number;
  throw new InvalidArgumentError('It is a number above 0.');
}

export function finiteNumber(text: string): number {
  const number = Number(text);
  if (text.trim() !== '' && Number.isFinite(number)) return number;
  throw new InvalidArgumentError('It is a number.');
}

/** A share from 0 on. */
export function shareUpTo(maximum: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (/^[\d.]+$/.test(text) && number <= maximum) return number;
    throw new InvalidArgumentError(`It is a number from 0 to ${maximum}.`);
  };
}

/** Percent points, as a share: `0.5` is 0.005. */
export function points(text: string): number {
  const number = Number(text);
  if (/^[\d.]+$/.test(text) && number >= 0 && number <= 50) return number / 100;
  throw new InvalidArgumentError('It is a number of percent points from 0 to 50.');
}

/** `1,2,3`. */
export function photoIds(text: string): number[] {
  return text.split(',').map(wholeNumber(1, Number.MAX_SAFE_INTEGER));
}

/** `model-1,model-2`. */
export function modelIds(text: string): string[] {
  const ids = text.split(',').map(modelId);
  if (ids.length >= 2 && ids.length <= 8) return ids;
  throw new InvalidArgumentError('It names two to eight models, like model-1,model-2.');
}

export function modelId(text: string): string {
  const id = text.trim();
  if (/^model-\d+$/.test(id)) return id;
  throw new InvalidArgumentError('A model is named like model-1; "pocketlens status" lists them.');
}

/** `3`, `version-3` or `now`. */
export function versionSide(text: string): VersionSide {
  return text.trim() === 'now' ? 'now' : versionId(text);
}

/** `3` or `version-3`. */
export function versionId(text: string): string {
  const number = /^(?:version-)?(\d+)$/.exec(text.trim())?.[1];
  if (number !== undefined) return `version-${Number(number)}`;
  throw new InvalidArgumentError('A version is a number; "pocketlens versions DIR" lists them.');
}

/** A day (`2026-03-04`, from its midnight here) or a time, as ISO text in UTC. */
export function dayOrTime(text: string): string {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const at = new Date(isDay ? `${text}T00:00:00` : text);
  if (!Number.isNaN(at.getTime()) && /^\d{4}-/.test(text)) return at.toISOString();
  throw new InvalidArgumentError('It is a day or a time, like 2026-03-04 or 2026-03-04T18:30.');
}

/** `old=new`, split at the first equals sign. */
export function labelPair(text: string): [string, string] {
  const at = text.indexOf('=');
  const pair: [string, string] = [text.slice(0, at).trim(), text.slice(at + 1).trim()];
  if (at > 0 && pair.every((name) => name !== '')) return pair;
  throw new InvalidArgumentError('It is two labels, like "sneaker=shoe".');
}

/** `a,b,c`. */
export function names(text: string): string[] {
  const all = text.split(',').map((name) => name.trim());
  if (all.every((name) => name !== '')) return all;
  throw new InvalidArgumentError('It is one name or several, separated by commas.');
}

/** The part of `--help` that shows how. */
export function examples(...lines: string[]): string {
  return `\nExamples:\n${lines.map((line) => `  $ ${line}`).join('\n')}`;
}

/** Of an option that may be given again: all values, in their order. */
export const several = <Value>(parse: (text: string) => Value) => {
  return (text: string, before: Value[] | undefined) => [...(before ?? []), parse(text)];
};
