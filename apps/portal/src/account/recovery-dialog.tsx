import { Banner, Button, CodeBlock, Dialog } from '../kit/index.ts';

/** The new recovery codes, this once. */
export function RecoveryDialog({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) {
  return (
    <Dialog
      open
      onClose={onClose}
      title="Your recovery codes"
      footer={
        <Button variant="primary" onClick={onClose}>
          I have kept them
        </Button>
      }
    >
      <div className="flex flex-col gap-3">
        <Banner tone="warning">This is the only time they are shown. Keep them where your telephone is not.</Banner>
        <CodeBlock label="Recovery codes" code={codes.join('\n')} />
        <p className="text-n10">Each works once, in place of a passkey or a code. Older ones no longer work.</p>
      </div>
    </Dialog>
  );
}
