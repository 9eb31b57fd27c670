import { MantineProvider } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { StrictMode } from 'react';
import { useStore } from 'zustand';
import type { Studio } from '../stores/create-studio';
import { StudioContext } from '../stores/use-studio';
import { theme } from '../theme/theme';
import { Shell } from './Shell';

export function App({ studio }: { studio: Studio }) {
  const colorScheme = useStore(studio.stores.view, (view) => view.colorScheme);
  return (
    <StrictMode>
      <StudioContext value={studio}>
        <MantineProvider theme={theme} forceColorScheme={colorScheme}>
          <ModalsProvider>
            <Shell />
            <Notifications position="bottom-right" limit={4} mb={32} />
          </ModalsProvider>
        </MantineProvider>
      </StudioContext>
    </StrictMode>
  );
}
