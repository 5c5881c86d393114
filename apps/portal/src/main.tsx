import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './app/main.css';
import { whenSignedOut } from './api/client.ts';
import { headStart } from './app/head-start.ts';
import { queryClient } from './app/query-client.ts';
import { router } from './app/router.tsx';
import { startKeyboard, ToastProvider, TooltipProvider } from './kit/index.ts';

whenSignedOut((code) => {
  const { pathname, href } = router.state.location;
  const to = code === 'secondFactorRequired' ? '/set-up' : '/sign-in';
  if (pathname !== '/sign-in' && pathname !== '/kit' && pathname !== to) {
    queryClient.clear();
    void router.navigate({ to, search: { return: href } });
  }
});
startKeyboard();
headStart(window.location);

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <TooltipProvider>
        <ToastProvider>
          <RouterProvider router={router} />
        </ToastProvider>
      </TooltipProvider>
    </QueryClientProvider>
  </StrictMode>,
);
