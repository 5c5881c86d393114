import type { CorrelationParameter, ParameterGroup } from '@throughline/model';
import { Checkbox } from '../kit/index.ts';
import { groupWords } from './correlation-words.ts';
import type { Draft } from './draft.ts';
import { NumberRow } from './number-row.tsx';

interface NumbersTabProps {
  parameters: readonly CorrelationParameter[];
  draft: Draft;
  mayChange: boolean;
  onChange: (draft: Draft) => void;
}

const groups = Object.keys(groupWords) as ParameterGroup[];

/** Every number of correlation, the usual ones open and the fine ones folded. */
export function NumbersTab({ parameters, draft, mayChange, onChange }: NumbersTabProps) {
  const setText = (id: string, text: string | undefined) => {
    const { [id]: _, ...others } = draft.texts;
    onChange({ ...draft, texts: text === undefined ? others : { ...others, [id]: text } });
  };
  const sectionOf = (group: ParameterGroup) => {
    const { title, lead } = groupWords[group];
    return (
      <section key={group} aria-labelledby={`numbers-${group}`}>
        <h2 id={`numbers-${group}`} className="text-16 font-semibold">
          {title}
        </h2>
        <p className="text-n10">{lead}</p>
        {group === 'limits' && (
          <div className="hairline border-b py-3">
            <Checkbox
              label="Keep incidents within device groups"
              checked={draft.restrictToDeviceGroups}
              disabled={!mayChange}
              onChange={(restrictToDeviceGroups) => onChange({ ...draft, restrictToDeviceGroups })}
            />
            <p className="text-12 text-n9">
              Alerts on devices of different device groups do not come together, and such incidents are not merged, by
              people either. For business units that must not see each other’s incidents. Off as shipped.
            </p>
          </div>
        )}
        {parameters
          .filter((parameter) => parameter.group === group)
          .map((parameter) => (
            <NumberRow
              key={parameter.id}
              parameter={parameter}
              text={draft.texts[parameter.id]}
              disabled={!mayChange}
              onChange={(text) => setText(parameter.id, text)}
            />
          ))}
      </section>
    );
  };
  return (
    <div className="flex max-w-220 flex-col gap-8 px-4 pt-4 pb-10">
      {groups.filter((group) => groupWords[group].fine === undefined).map(sectionOf)}
      <details>
        <summary className="cursor-pointer rounded-md py-1 text-16 font-semibold">Fine tuning</summary>
        <p className="pb-4 text-n10">
          How strongly each signal speaks, how habits are learned, and how far each kind of entity is trusted. They were
          fitted together: change one at a time, and look at the preview.
        </p>
        <div className="flex flex-col gap-8">
          {groups.filter((group) => groupWords[group].fine !== undefined).map(sectionOf)}
        </div>
      </details>
    </div>
  );
}
