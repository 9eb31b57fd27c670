import { MantineProvider } from '@mantine/core';
import { Notifications, notifications } from '@mantine/notifications';
import '@renderer/i18n/i18n';
import { createStudio, type Studio } from '@renderer/stores/create-studio';
import { StudioContext } from '@renderer/stores/use-studio';
import { theme } from '@renderer/theme/theme';
import { cleanup, render, type RenderResult } from '@testing-library/react';
import type { ReactNode } from 'react';
import { vi } from 'vitest';
import { createFakeHost, type FakeHost } from './fake-host';
import type { FakeProgram } from './fake-program';

const studios: Studio[] = [];

/** Ends a test: nothing of it is seen by the next one, nor by the next file. */
export function closeStudios(): void {
  cleanup();
  for (const studio of studios.splice(0)) studio.dispose();
  notifications.clean();
  notifications.cleanQueue();
  localStorage.clear();
}

export interface TestStudio {
  studio: Studio;
  host: FakeHost;
  /** What was reported to nobody in particular. */
  errors: unknown[];
}

/** A studio on a fake program, with its first answers in. */
export async function openTestStudio(program: FakeProgram): Promise<TestStudio> {
  const host = createFakeHost(program);
  const errors: unknown[] = [];
  const studio = createStudio(host, { onError: (error) => errors.push(error) });
  studios.push(studio);
  const { project, dataset, photos, jobs } = studio.stores;
  await vi.waitFor(() => {
    if (project.getState().phase === 'loading') throw new Error('still loading');
    if (project.getState().phase === 'none') return;
    if (!dataset.getState().summary) throw new Error('no summary yet');
    if (photos.getState().total === undefined) throw new Error('no photos yet');
    if (jobs.getState().jobs.length !== program.jobs.length) throw new Error('no jobs yet');
  });
  return { studio, host, errors };
}

export function renderInStudio(studio: Studio, children: ReactNode): RenderResult {
  return render(
    <StudioContext value={studio}>
      <MantineProvider theme={theme} forceColorScheme="dark" env="test">
        {children}
        <Notifications />
      </MantineProvider>
    </StudioContext>,
  );
}
