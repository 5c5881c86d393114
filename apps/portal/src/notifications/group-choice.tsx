import { useQuery } from '@tanstack/react-query';
import { Checkbox, ScrollRegion } from '../kit/index.ts';
import { groupsQuery } from './notifications-api.ts';
import { Radio } from './radio.tsx';
import { type RuleDraft, toggleWord } from './rule-draft.ts';

/** All device groups, or some. People with device groups choose among their own. */
export function GroupChoice({
  groups,
  onChange,
}: {
  groups: RuleDraft['deviceGroups'];
  onChange: (part: Partial<RuleDraft>) => void;
}) {
  const known = useQuery(groupsQuery);
  const items = known.data?.items ?? [];
  const all = known.data?.all ?? groups === null;
  return (
    <fieldset>
      <legend className="pb-1 text-12 font-medium text-n11">Device groups</legend>
      {all && (
        <>
          <Radio
            name="groups"
            checked={groups === null}
            onChoose={() => onChange({ deviceGroups: null })}
            label="All device groups, also those to come"
          />
          <Radio
            name="groups"
            checked={groups !== null}
            onChoose={() => onChange({ deviceGroups: groups ?? [] })}
            label="Chosen device groups"
          />
        </>
      )}
      {groups !== null && (
        <>
          <ScrollRegion
            label="Device groups"
            maxHeight={160}
            className="hairline mt-1 overflow-y-auto rounded-md border"
          >
            <ul className="p-1">
              {items.map(({ id, name }) => (
                <li key={id} className="flex min-h-8 items-center pl-1">
                  <Checkbox
                    className="min-w-0 flex-1 justify-start!"
                    checked={groups.includes(id)}
                    onChange={(on) => onChange({ deviceGroups: toggleWord(groups, id, on) })}
                    label={<span className="block truncate">{name}</span>}
                  />
                </li>
              ))}
            </ul>
          </ScrollRegion>
          <p className="pt-1 text-12 text-n9">Messages show only what concerns these groups.</p>
        </>
      )}
    </fieldset>
  );
}
