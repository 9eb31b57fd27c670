import { afterEach } from 'vitest';
import { closeStudios } from './fakes/render-studio';

// Runs for each file of tests, whereas the modules that the files share run once.
afterEach(() => {
  if ('document' in globalThis) closeStudios();
});
