// @vitest-environment happy-dom
import { startModelWorker } from '@companion/screen/model-worker';
import { keepAwake } from '@companion/screen/keep-awake';
import { openKeptSettings } from '@companion/screen/kept-settings';
import { createPrecisionChoice } from '@companion/screen/precision-choice';
import type { OfferedModel } from '@companion/messages';
import { afterEach, describe, expect, it, vi } from 'vitest';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  localStorage.clear();
});

describe('the screen', () => {
  it('is kept on whenever the page is seen', () => {
    const request = vi.fn(() => Promise.reject(new Error('a saved battery')));
    vi.stubGlobal('navigator', { wakeLock: { request } });
    const seen = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('visible');
    keepAwake();
    expect(request).toHaveBeenCalledExactlyOnceWith('screen');
    seen.mockReturnValue('hidden');
    document.dispatchEvent(new Event('visibilitychange'));
    expect(request).toHaveBeenCalledTimes(1);
    seen.mockReturnValue('visible');
    document.dispatchEvent(new Event('visibilitychange'));
    expect(request).toHaveBeenCalledTimes(2);
  });
});

describe('what was set on this phone', () => {
  it('is there when the page is loaded again', () => {
    expect(openKeptSettings()).toMatchObject({ sureFrom: 0.5, facing: 'environment' });
    const settings = openKeptSettings();
    settings.keep({ sureFrom: 0.8 });
    settings.keep({ facing: 'user' });
    expect(openKeptSettings()).toMatchObject({ sureFrom: 0.8, facing: 'user' });
  });

  it.each(['{', '{"sureFrom":7,"facing":"up"}', 'null', '{"sureFrom":"0.8"}'])(
    'is the usual where %s is kept',
    (text) => {
      localStorage.setItem('pocketlens-settings', text);
      expect(openKeptSettings()).toMatchObject({ sureFrom: 0.5, facing: 'environment' });
    },
  );

  it('holds while the page is open where nothing can be kept', () => {
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    expect(() => openKeptSettings().keep({ sureFrom: 0.8 })).not.toThrow();
  });
});

describe('the models of a push', () => {
  const words = (models: OfferedModel[]) => {
    const choice = createPrecisionChoice(() => undefined);
    choice.show({
      ...{ models, running: models[0]?.sha256 ?? '', project: 'things', labels: [] },
      ...{ cropFraction: 1, runtime: 'LiteRT', engine: { runs: 'wasm' } },
    });
    return Array.from(choice.root.querySelectorAll('button'), ({ textContent }) => textContent);
  };

  it('are told apart by precision, or by name where that is the same', () => {
    const float32 = { sha256: 'a', name: 'things 1', precision: 'float32' } as const;
    const int8 = { sha256: 'b', name: 'things 1, int8', precision: 'int8' } as const;
    const other = { sha256: 'c', name: 'things 2, int8', precision: 'int8' } as const;
    expect(words([float32, int8])).toEqual(['Float', 'Int8']);
    expect(words([float32, int8, other])).toEqual(['Float', 'things 1, int8', 'things 2, int8']);
  });
});

describe('the worker that runs models', () => {
  it('is told of when a browser can’t start it', () => {
    const worker = new EventTarget();
    vi.stubGlobal('Worker', function () {
      return worker;
    });
    const told = vi.fn();
    startModelWorker(told);
    worker.dispatchEvent(new Event('error', { cancelable: true }));
    expect(told).toHaveBeenCalledExactlyOnceWith({
      kind: 'trouble',
      problem: expect.stringContaining('could not be started'),
    });
  });
});
