import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type DeviceGroup, type RemediationLevel, remediationLevels } from '@throughline/model';
import { accessKey, deviceGroupsQuery, saveDeviceGroup } from '../access/access-api.ts';
import { remediationWords } from '../access/rule-draft.ts';
import { useMay, useMe } from '../api/session.ts';
import { Banner, ErrorState, NoPermission, PageHeader, Select, SkeletonRows, useLate, useToast } from '../kit/index.ts';
import { levelMeanings } from './level-meanings.ts';

/** How far automation may go on the devices of each group. */
export function AutomationPage() {
  const me = useMe();
  const may = useMay('access.read');
  const groups = useQuery({ ...deviceGroupsQuery, enabled: may });
  const late = useLate(groups.isPending);
  if (me && !may) return <NoPermission permission="access.read" />;
  return (
    <main className="h-full overflow-auto pb-10">
      <PageHeader
        title="Device-group automation"
        lead="A device is in the first group by rank whose rule it fulfils, and automation obeys the level of that group."
      />
      <div className="max-w-240 px-4">
        <Banner title="Stored, not obeyed yet">
          Automated investigation is not part of this version. The levels are kept, and hold from the day it is.
        </Banner>
        {groups.isError ? (
          <ErrorState
            title="The groups could not be loaded"
            error={groups.error}
            onRetry={() => void groups.refetch()}
          />
        ) : groups.data === undefined ? (
          late && <SkeletonRows rows={4} />
        ) : (
          <ol aria-label="Device groups by rank" className="pt-4">
            {groups.data.map((group) => (
              <GroupLevel key={group.id} group={group} />
            ))}
          </ol>
        )}
      </div>
    </main>
  );
}

const options = remediationLevels.map((level) => ({ value: level, label: remediationWords[level] }));

function GroupLevel({ group }: { group: DeviceGroup }) {
  const client = useQueryClient();
  const toast = useToast();
  const mayChange = useMay('access.manage');
  const save = useMutation({
    mutationFn: (remediation: RemediationLevel) => saveDeviceGroup(group.id, { remediation }),
    onSuccess: ({ name, remediation }) => toast({ message: `${name}: ${remediationWords[remediation]}` }),
    onError: (error) => toast({ tone: 'failed', message: `Not saved: ${error.message}` }),
    onSettled: () => client.invalidateQueries({ queryKey: accessKey }),
  });
  const { remediation } = group;
  return (
    <li className="hairline grid items-start gap-x-6 gap-y-2 border-t py-3 md:grid-cols-[56px_1fr_minmax(0,300px)]">
      <span className="text-n9 md:pt-1.5">{group.rank === null ? 'Last' : `Rank ${group.rank}`}</span>
      <div className="min-w-0 md:pt-1.5">
        <h2 className="truncate font-medium">{group.name}</h2>
        <p className="text-12 text-n10">{levelMeanings[remediation]}</p>
      </div>
      <Select
        aria-label={`Level of ${group.name}`}
        options={options}
        value={remediation}
        disabled={!mayChange || save.isPending}
        onChange={(level) => save.mutate(level)}
      />
    </li>
  );
}
