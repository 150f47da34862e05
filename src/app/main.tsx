import './polyfills.ts';
import '@mantine/core/styles.css';
import '@fontsource-variable/inter/index.css';
import './global.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Providers } from './providers.tsx';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no root element for the app.');
createRoot(root).render(
  <StrictMode>
    <Providers />
  </StrictMode>,
);
