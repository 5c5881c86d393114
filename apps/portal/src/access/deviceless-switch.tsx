import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Switch, useToast } from '../kit/index.ts';
import { accessKey, saveScopeSettings, scopeSettingsQuery } from './access-api.ts';

/** Whether people with device groups also see alerts that name no device. */
export function DevicelessSwitch({ disabled }: { disabled: boolean }) {
  const client = useQueryClient();
  const toast = useToast();
  const settings = useQuery(scopeSettingsQuery);
  const save = useMutation({
    mutationFn: (scopedSeeDeviceless: boolean) => saveScopeSettings({ scopedSeeDeviceless }),
    onError: (error) => toast({ tone: 'failed', message: `Not changed: ${error.message}` }),
    onSettled: () => client.invalidateQueries({ queryKey: accessKey }),
  });
  const shown = save.isPending ? save.variables : settings.data?.scopedSeeDeviceless;
  if (shown === undefined) return null;
  return (
    <div className="p-4">
      <Switch
        checked={shown}
        disabled={disabled || save.isPending}
        onChange={(on) => save.mutate(on)}
        label="Alerts without devices"
        hint="People with device groups also see alerts that name no device."
      />
    </div>
  );
}
