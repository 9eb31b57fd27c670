import { createWasmRuntime } from '@main/engine/runtime/wasm-runtime';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startReferenceCompanion } from '../fakes/reference-companion';
import { articleSubject, hasArticle } from '../fixtures/article-subject';
import { onBothPhones } from '../fixtures/both-phones';
import { expectMistakesNamed } from '../fixtures/mistaken-app';
import { openPushingStudio } from '../fixtures/pushing-studio';
import { temporaryFolder } from '../fixtures/temporary-folder';

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
        await expectMistakesNamed(companion, () => studio.push(['model-1']));
        expect(await studio.push(['model-1'])).toMatchObject({ state: 'checked' });
      }, 300_000);
    });
  },
);
