import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { api } from '../api/client.ts';
import { Button, TextAreaField, useKeys, useToast } from '../kit/index.ts';
import { refreshIncident } from './incident-data.ts';

/** Says something about the incident; Ctrl+Enter sends it. */
export function CommentBox({ id }: { id: number }) {
  const client = useQueryClient();
  const toast = useToast();
  const [text, setText] = useState('');
  const area = useRef<HTMLTextAreaElement>(null);
  const send = useMutation({
    mutationFn: () => api(`/incidents/${id}/comments`, { method: 'POST', body: { comment: text } }),
    onSuccess: async () => {
      setText('');
      await refreshIncident(client, id);
    },
    onError: (error) => toast({ message: error.message, tone: 'failed' }),
  });
  useKeys('Activity', [{ key: 'e', label: 'Write a comment', run: () => area.current?.focus() }]);
  const empty = text.trim() === '';
  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (!empty) send.mutate();
      }}
    >
      <TextAreaField
        ref={area}
        label="Comment"
        placeholder="What you found, what you did, what is left"
        value={text}
        maxLength={30_000}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !empty) send.mutate();
        }}
      />
      <div>
        <Button
          type="submit"
          variant="primary"
          busy={send.isPending}
          disabledReason={empty ? 'A comment needs a word' : undefined}
        >
          Comment
        </Button>
      </div>
    </form>
  );
}
