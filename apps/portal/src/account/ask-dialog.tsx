import { Button, Dialog } from '../kit/index.ts';

/** What is to be asked before it is done. */
export interface Question {
  title: string;
  text: string;
  /** The word on the button that does it. */
  action: string;
  run: () => void;
}

/** Asks before a factor or its codes go for good. */
export function AskDialog({ question, onClose }: { question: Question; onClose: () => void }) {
  return (
    <Dialog
      open
      onClose={onClose}
      title={question.title}
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button
            variant="danger"
            onClick={() => {
              onClose();
              question.run();
            }}
          >
            {question.action}
          </Button>
        </>
      }
    >
      <p>{question.text}</p>
    </Dialog>
  );
}
