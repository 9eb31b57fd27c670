import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import '@mantine/charts/styles.css';
import './theme/theme.css';
import './i18n/i18n';
import { createRoot } from 'react-dom/client';
import { z } from 'zod';
import { createHost } from './host/create-host';
import { App } from './shell/App';
import { createStudio } from './stores/create-studio';
import { notifyError } from './ui/notify';

// The content security policy forbids compiling code at run time, which zod would else try.
z.config({ jitless: true });

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(<App studio={createStudio(createHost(), { onError: notifyError })} />);
