import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button, FormDialog, useToast } from '../kit/index.ts';
import { choiceSentences } from './deletion-words.ts';
import { deletionsQuery, demoPreviewQuery, settingsKey, wipeDemo } from './settings-api.ts';

/** Removes whatever the demo attack sent; nothing is shown when there is nothing of it. */
export function DemoSection() {
  const client = useQueryClient();
  const toast = useToast();
  const preview = useQuery(demoPreviewQuery);
  const [asking, setAsking] = useState(false);
  const wipe = useMutation({
    mutationFn: wipeDemo,
    onSuccess: () => {
      setAsking(false);
      toast({ message: 'The demo data is being deleted' });
    },
    onSettled: () =>
      Promise.all([settingsKey, deletionsQuery.queryKey].map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
  if (preview.data === undefined || preview.data.alerts === 0) return null;
  const sentences = choiceSentences(preview.data);
  return (
    <section aria-labelledby="demo-data" className="flex max-w-160 flex-col items-start gap-2 px-4">
      <h2 id="demo-data" className="text-16 font-semibold">
        Demo data
      </h2>
      <p className="text-n10">{sentences.join(' ')} Afterwards the demo can be loaded again.</p>
      <Button onClick={() => setAsking(true)}>Wipe the demo data</Button>
      {asking && (
        <FormDialog
          title="Wipe the demo data"
          submit="Wipe the demo data"
          danger
          onClose={() => setAsking(false)}
          onSubmit={() => wipe.mutate()}
          busy={wipe.isPending}
          error={wipe.error}
        >
          {sentences.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
          <p>There is no way back, but the demo can be loaded again.</p>
        </FormDialog>
      )}
    </section>
  );
}
