/** @file Where the page begins: client, stores, tree. */
import '@fontsource-variable/inter/wght.css';
import '@mantine/core/styles.css';
import './theme/page.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { provideClient } from './client.ts';
import { startStores } from './store/start.ts';
import { watchInput } from './theme/input.ts';
import { adoptTheme } from './theme/variables.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no root');

if (window.envelope !== undefined) provideClient(window.envelope);
else if (import.meta.env.DEV) {
  const { createDouble } = await import('./double/double.ts');
  provideClient(createDouble(new URLSearchParams(location.search)));
}

adoptTheme();
watchInput(document);
startStores();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
