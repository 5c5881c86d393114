import { useState } from 'react';
import { Button, KeyHelp, Switch, useKeys } from '../kit/index.ts';
import { ActionSamples } from './action-samples.tsx';
import { DataSamples } from './data-samples.tsx';
import { FeedbackSamples } from './feedback-samples.tsx';
import { FloatingSamples, PanelSample } from './floating-samples.tsx';
import { FormSamples } from './form-samples.tsx';
import { MarkSamples } from './mark-samples.tsx';
import { TokenSamples } from './token-samples.tsx';

const themes = ['light', 'dark'] as const;

/** Every component in every state, in both themes side by side: what the browser tests photograph. */
export function KitPage() {
  const [both, setBoth] = useState(true);
  const [help, setHelp] = useState(false);
  const [panel, setPanel] = useState(false);
  useKeys('Kit', [{ key: '?', label: 'This help', run: () => setHelp(true) }]);
  return (
    <div className="flex h-full">
      <main className="min-w-0 flex-1 overflow-auto">
        <header className="flex flex-wrap items-center gap-x-6 gap-y-2 px-4 py-3">
          <h1 className="flex-1 text-20 font-semibold">The kit</h1>
          <Switch checked={both} onChange={setBoth} label="Both themes" />
          <Button size="small" onClick={() => setHelp(true)}>
            Keyboard help
          </Button>
          <Button size="small" onClick={() => setPanel(!panel)}>
            Side panel
          </Button>
        </header>
        <div className={both ? 'grid xl:grid-cols-2' : ''}>
          {(both ? themes : [undefined]).map((theme) => (
            <div key={theme ?? 'own'} data-theme={theme} className="min-w-0 bg-n1 p-4 text-n12">
              <TokenSamples />
              <ActionSamples />
              <FormSamples />
              <MarkSamples />
              <DataSamples />
              <FloatingSamples />
              <FeedbackSamples />
            </div>
          ))}
        </div>
      </main>
      {panel && <PanelSample onClose={() => setPanel(false)} />}
      <KeyHelp open={help} onClose={() => setHelp(false)} />
    </div>
  );
}
