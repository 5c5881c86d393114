import type { NotificationSource, NotificationSources, Severity } from '@throughline/model';
import { termWords } from '../app/words.ts';
import { Checkbox, ScrollRegion, Select } from '../kit/index.ts';
import { Radio } from './radio.tsx';
import { limitSource, type RuleDraft, toggleSource } from './rule-draft.ts';

type Known = NotificationSources['items'];
type Place = Pick<NotificationSource, 'serviceSource' | 'detectionSource'>;

const limits: readonly { value: string; label: string; severities: Severity[] | null }[] = [
  { value: 'rule', label: 'Severities as above', severities: null },
  { value: 'high', label: 'High only', severities: ['high'] },
  { value: 'medium', label: 'Medium and above', severities: ['medium', 'high'] },
  { value: 'low', label: 'Low and above', severities: ['low', 'medium', 'high'] },
  { value: 'all', label: 'Every severity', severities: ['unknown', 'informational', 'low', 'medium', 'high'] },
];

export interface SourceChoiceProps {
  draft: RuleDraft;
  onChange: (part: Partial<RuleDraft>) => void;
  /** Sources that alerts came from. */
  known: Known;
}

/** All sources, or some: each whole or by its detection sources, with severities of its own if wanted. */
export function SourceChoice({ draft, onChange, known }: SourceChoiceProps) {
  const places = placesOf(known, draft.sources);
  return (
    <fieldset>
      <legend className="pb-1 text-12 font-medium text-n11">Sources</legend>
      <Radio
        name="sources"
        checked={draft.allSources}
        onChoose={() => onChange({ allSources: true })}
        label="All sources, also those to come"
      />
      <Radio
        name="sources"
        checked={!draft.allSources}
        onChoose={() => onChange({ allSources: false })}
        label="Chosen sources"
      />
      {!draft.allSources && places.length === 0 && (
        <p className="pt-1 pl-6 text-12 text-n9">No alert has arrived yet, so there is nothing to choose among.</p>
      )}
      {!draft.allSources && places.length > 0 && (
        <ScrollRegion label="Sources" maxHeight={200} className="hairline mt-1 overflow-y-auto rounded-md border">
          <ul className="p-1">
            {places.map((place) => (
              <SourceRow key={keyOf(place)} place={place} draft={draft} onChange={onChange} />
            ))}
          </ul>
        </ScrollRegion>
      )}
    </fieldset>
  );
}

function SourceRow({ place, draft, onChange }: { place: Place } & Pick<SourceChoiceProps, 'draft' | 'onChange'>) {
  const chosen = draft.sources.find((source) => keyOf(source) === keyOf(place));
  const wholeChosen =
    place.detectionSource !== null &&
    draft.sources.some((source) => source.serviceSource === place.serviceSource && source.detectionSource === null);
  const name = termWords(place.detectionSource ?? place.serviceSource);
  const limit = limits.find(({ severities }) => sameList(severities, chosen?.severities ?? null)) ?? limits[0];
  return (
    <li className={`flex min-h-8 items-center gap-2 pr-1 ${place.detectionSource === null ? 'pl-1' : 'pl-7'}`}>
      <Checkbox
        className="min-w-0 flex-1 justify-start!"
        checked={chosen !== undefined || wholeChosen}
        disabled={wholeChosen}
        onChange={(on) => onChange({ sources: toggleSource(draft.sources, place, on) })}
        label={<span className="block truncate">{name}</span>}
      />
      {chosen !== undefined && (
        <Select
          size="small"
          aria-label={`Severities of ${name}`}
          value={limit?.value ?? 'rule'}
          options={limits}
          onChange={(value) => {
            const severities = limits.find((each) => each.value === value)?.severities ?? null;
            onChange({ sources: limitSource(draft.sources, place, severities) });
          }}
        />
      )}
    </li>
  );
}

/** Every service with its detection sources where there are several; chosen ones stay even when no alert has them. */
function placesOf(known: Known, chosen: readonly NotificationSource[]): Place[] {
  const places = known.flatMap(({ serviceSource, detectionSources }): Place[] => [
    { serviceSource, detectionSource: null },
    ...(detectionSources.length > 1
      ? detectionSources.map((detectionSource) => ({ serviceSource, detectionSource }))
      : []),
  ]);
  const keys = new Set(places.map(keyOf));
  return [...places, ...chosen.filter((source) => !keys.has(keyOf(source)))];
}

function keyOf({ serviceSource, detectionSource }: Place): string {
  return JSON.stringify([serviceSource, detectionSource]);
}

function sameList(a: readonly Severity[] | null, b: readonly Severity[] | null): boolean {
  return a === null || b === null ? a === b : a.length === b.length && a.every((item) => b.includes(item));
}
