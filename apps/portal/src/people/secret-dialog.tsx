import type { ReactNode } from 'react';
import { Banner, Button, CodeBlock, Dialog } from '../kit/index.ts';

export interface SecretDialogProps {
  title: string;
  /** "Link", "Token". */
  label: string;
  secret: string;
  onClose: () => void;
  children?: ReactNode;
}

/** Shows a link or a token, this once. */
export function SecretDialog({ title, label, secret, onClose, children }: SecretDialogProps) {
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      width="wide"
      footer={
        <Button variant="primary" onClick={onClose}>
          I have copied it
        </Button>
      }
    >
      <div className="flex flex-col gap-3">
        <Banner tone="warning">This is the only time it is shown; the server keeps a digest of it.</Banner>
        <CodeBlock label={label} code={secret} wrap />
        {children}
      </div>
    </Dialog>
  );
}
