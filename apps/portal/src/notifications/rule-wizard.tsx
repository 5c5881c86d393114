import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { NotificationRule, RuleKind } from '@throughline/model';
import { clsx } from 'clsx';
import { useState } from 'react';
import { Banner, Button, Dialog, useToast } from '../kit/index.ts';
import { changeRule, createRule, notificationsKey } from './notifications-api.ts';
import type { TabName } from './notifications-search.ts';
import { bodyOf, changeOf, draftOf, missingIn, newDraft, type RuleDraft, type Step, steps } from './rule-draft.ts';
import { kindWords } from './rule-words.ts';
import { StepBasics } from './step-basics.tsx';
import { StepRecipients } from './step-recipients.tsx';
import { StepReview } from './step-review.tsx';
import { StepSettings } from './step-settings.tsx';

const stepWords: Record<Step, string> = {
  basics: 'Basics',
  settings: 'Settings',
  recipients: 'Recipients',
  review: 'Review',
};

export interface StepProps {
  draft: RuleDraft;
  onChange: (part: Partial<RuleDraft>) => void;
  onTab: (tab: TabName) => void;
}

const panels = { basics: StepBasics, settings: StepSettings, recipients: StepRecipients, review: StepReview };

/** Writes a rule of a kind in four steps; with `rule` it changes that one. `allGroups`: whether it may be about all. */
export function RuleWizard({
  rule,
  kind,
  allGroups,
  onClose,
  onTab,
}: {
  rule?: NotificationRule;
  kind: RuleKind;
  allGroups: boolean;
  onClose: () => void;
  onTab: (tab: TabName) => void;
}) {
  const client = useQueryClient();
  const toast = useToast();
  const [draft, setDraft] = useState(rule === undefined ? newDraft(kind, allGroups) : draftOf(rule));
  const [step, setStep] = useState<Step>('basics');
  const save = useMutation({
    mutationFn: () => (rule === undefined ? createRule(bodyOf(draft)) : changeRule(rule.id, changeOf(draft))),
    onSuccess: async ({ name }) => {
      onClose();
      toast({ message: rule === undefined ? `Rule ${name} added` : `Rule ${name} saved` });
      await client.invalidateQueries({ queryKey: notificationsKey });
    },
  });
  const at = steps.indexOf(step);
  const missing = missingIn(step, draft);
  const firstGap = steps.findIndex((each) => missingIn(each, draft) !== undefined);
  const reachable = firstGap === -1 ? steps.length : firstGap;
  const last = at === steps.length - 1;
  const forward = () => {
    if (missing !== undefined) return;
    const next = steps[at + 1];
    if (next === undefined) save.mutate();
    else setStep(next);
  };
  const Panel = panels[step];
  return (
    <Dialog
      open
      onClose={onClose}
      title={rule === undefined ? `Add a rule about ${kindWords[kind]}` : `Edit ${rule.name}`}
      width="wide"
      onSubmit={forward}
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          {at > 0 && <Button onClick={() => setStep(steps[at - 1] ?? 'basics')}>Back</Button>}
          <Button variant="primary" type="submit" busy={save.isPending} disabledReason={missing}>
            {last ? (rule === undefined ? 'Add the rule' : 'Save the rule') : 'Next'}
          </Button>
        </>
      }
    >
      <ol className="flex flex-wrap gap-1 pb-4">
        {steps.map((each, index) => (
          <li key={each}>
            <button
              type="button"
              aria-current={each === step ? 'step' : undefined}
              disabled={index > reachable}
              onClick={() => setStep(each)}
              className={clsx(
                'flex h-7 items-center gap-1.5 rounded-md px-2 text-12',
                each === step ? 'bg-accent-soft font-medium text-n12' : 'text-n10 enabled:hover:bg-n3',
              )}
            >
              <span aria-hidden className={each === step ? 'text-accent' : 'text-n9'}>
                {index + 1}
              </span>
              {stepWords[each]}
            </button>
          </li>
        ))}
      </ol>
      {save.isError && (
        <div className="pb-3">
          <Banner tone="failed">{save.error.message}</Banner>
        </div>
      )}
      <div className="min-h-72">
        <Panel draft={draft} onChange={(part) => setDraft((now) => ({ ...now, ...part }))} onTab={onTab} />
      </div>
    </Dialog>
  );
}
