import { createElement } from 'react';
import { createRoot } from 'react-dom/client';

// The least a React page can be: what every other page's time is measured against.
const root = document.getElementById('root');
if (root) createRoot(root).render(createElement('main', null, 'ready'));
