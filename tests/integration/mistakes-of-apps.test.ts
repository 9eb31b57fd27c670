import { createWasmRuntime } from '@main/engine/runtime/wasm-runtime';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type AppMistake, startReferenceCompanion } from '../fakes/reference-companion';
import { articleSubject, hasArticle } from '../fixtures/article-subject';
import { onBothPhones } from '../fixtures/both-phones';
import { openPushingStudio } from '../fixtures/pushing-studio';
import { temporaryFolder } from '../fixtures/temporary-folder';

/** What an app gets wrong, and what the studio calls it. */
const mistakes: readonly [AppMistake, string][] = [
  ['zero-to-one', 'zero-to-one'],
  ['bgr', 'bgr'],
  ['stretched', 'stretched'],
  ['rotated', 'turned-right'],
];

/** A real model, which was not made to show what is wrong: it is sure of nearly every photo. */
describe.skipIf(!hasArticle)(
  'the model of the article (skipped without POCKETLENS_SEED or ../shared/seed)',
  () => {
    onBothPhones('in an app on', (openPhone) => {
      it('has each mistake of the app named, and none where there is none', async () => {
        const { hub, deviceId, appFolder } = await openPhone();
        const runtime = await createWasmRuntime();
        onTestFinished(() => runtime.dispose());
        const companion = startReferenceCompanion(appFolder, runtime);
        onTestFinished(() => companion.stop());
        const subject = await articleSubject(temporaryFolder());
        const patienceMs = 60_000;
        const studio = await openPushingStudio({ hub, runtime, deviceId, patienceMs, subject });
        await studio.until('ready');

        expect(await studio.push(['model-1'])).toMatchObject({ state: 'checked' });
        for (const [mistake, name] of mistakes) {
          companion.mistake = mistake;
          const { state, check } = await studio.push(['model-1']);
          expect(state, mistake).toBe('wrong');
          const [outcome] = check?.outcomes ?? [];
          expect(outcome, mistake).toMatchObject({ outcome: 'different', mistakes: [name] });
        }
        companion.mistake = undefined;
        expect(await studio.push(['model-1'])).toMatchObject({ state: 'checked' });
      }, 300_000);
    });
  },
);
