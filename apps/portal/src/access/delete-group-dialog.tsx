import { useQuery } from '@tanstack/react-query';
import type { DeviceGroup, GroupEffect } from '@throughline/model';
import { Banner, FormDialog } from '../kit/index.ts';
import { groupEffectQuery } from './access-api.ts';

/** Asks before a device group is deleted, and says what becomes of its devices and of notification rules. */
export function DeleteGroupDialog({
  group,
  busy,
  error,
  onDelete,
  onClose,
}: {
  group: DeviceGroup;
  busy: boolean;
  error: Error | null;
  onDelete: () => void;
  onClose: () => void;
}) {
  const effect = useQuery(groupEffectQuery(group.id));
  const unknown = effect.data === undefined ? 'Looking at the notification rules' : undefined;
  return (
    <FormDialog
      title={`Delete ${group.name}?`}
      submit="Delete the group"
      danger
      missing={effect.isError ? undefined : unknown}
      busy={busy}
      error={error}
      onClose={onClose}
      onSubmit={onDelete}
    >
      {effect.isError && <Banner tone="warning">What becomes of notification rules could not be read.</Banner>}
      <p>Its devices go where the rules of the other groups put them. This cannot be undone.</p>
      {effect.data && effect.data.lose + effect.data.removed > 0 && (
        <Banner tone="warning" title="Notification rules">
          {effectWords(effect.data)}
        </Banner>
      )}
    </FormDialog>
  );
}

function effectWords({ lose, removed }: GroupEffect): string {
  const rules = (count: number) => `${count} ${count === 1 ? 'rule' : 'rules'}`;
  const parts = [
    ...(lose > 0 ? [`${rules(lose)} ${lose === 1 ? 'loses' : 'lose'} this group`] : []),
    ...(removed > 0 ? [`${rules(removed)} about nothing else will be removed`] : []),
  ];
  return `${parts.join(', ')}.`;
}
