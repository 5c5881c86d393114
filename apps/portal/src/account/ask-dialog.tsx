import { FormDialog } from '../kit/index.ts';

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
    <FormDialog
      title={question.title}
      submit={question.action}
      danger
      onClose={onClose}
      onSubmit={() => {
        onClose();
        question.run();
      }}
    >
      <p>{question.text}</p>
    </FormDialog>
  );
}
