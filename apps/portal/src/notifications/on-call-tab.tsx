import { useQuery } from '@tanstack/react-query';
import type { OnCallPerson, OnCallSchedule } from '@throughline/model';
import { useState } from 'react';
import { SelectField, TextAreaField, TextField, Time, usualZone } from '../kit/index.ts';
import { deleteSchedule, saveSchedule, schedulesQuery } from './escalation-api.ts';
import { ItemList } from './item-list.tsx';
import { isMailAddress } from './rule-draft.ts';
import { SaveDialog } from './save-dialog.tsx';

const shownTurns = 6;

/** Rotations of people, whom escalation policies tell when it is their turn. */
export function OnCallTab() {
  return (
    <ItemList
      what="schedule"
      query={useQuery(schedulesQuery)}
      empty={{
        title: 'No on-call schedules yet',
        words: 'A schedule says whose turn it is. Escalation policies tell whoever is on call at that time.',
      }}
      nameOf={({ name }) => name}
      dialog={(schedule, onClose) => <ScheduleDialog {...(schedule && { schedule })} onClose={onClose} />}
      remove={deleteSchedule}
      removal="Policies that use it keep it from being deleted."
    >
      {(schedule) => (
        <>
          <p className="text-n10 wrap-anywhere">
            Now on call: <strong className="font-semibold text-n12">{schedule.now.name}</strong> ({schedule.now.mail})
          </p>
          <p className="text-12 text-n9">
            Handover every {schedule.every} at {schedule.handover}, {schedule.timeZone}
          </p>
          <ul aria-label={`Next turns of ${schedule.name}`} className="pt-1 text-12 text-n10">
            {schedule.turns.slice(1, shownTurns + 1).map(({ from, person, override }) => (
              <li key={from}>
                From <Time value={from} form="short" />: {person.name}
                {override && ' (stands in)'}
              </li>
            ))}
          </ul>
        </>
      )}
    </ItemList>
  );
}

const lengths = [
  { value: 'day', label: 'A day' },
  { value: 'week', label: 'A week' },
] as const;

function ScheduleDialog({ schedule, onClose }: { schedule?: OnCallSchedule; onClose: () => void }) {
  const [form, setForm] = useState({
    name: schedule?.name ?? '',
    timeZone: schedule?.timeZone ?? usualZone(),
    firstDay: schedule?.firstDay ?? new Date().toISOString().slice(0, 10),
    handover: schedule?.handover ?? '08:00',
    every: schedule?.every ?? ('week' as const),
    people: (schedule?.people ?? []).map(personLine).join('\n'),
    overrides: (schedule?.overrides ?? [])
      .map(({ from, to, person }) => `${from} ${to} ${personLine(person)}`)
      .join('\n'),
  });
  const put = (part: Partial<typeof form>) => setForm((now) => ({ ...now, ...part }));
  const people = linesOf(form.people).map(readPerson);
  const overrides = linesOf(form.overrides).map(readOverride);
  const missing =
    form.name.trim() === ''
      ? 'Give the schedule a name first'
      : people.length === 0
        ? 'Add at least one person'
        : people.includes(undefined)
          ? 'Write each person as: Ada Example <ada@example.com>'
          : overrides.includes(undefined)
            ? 'Write each stand-in as: 2026-04-01T08:00Z 2026-04-02T08:00Z Ada Example <ada@example.com>'
            : undefined;
  const save = () =>
    saveSchedule(schedule?.id, {
      ...form,
      name: form.name.trim(),
      people: people.filter((each) => each !== undefined),
      overrides: overrides.filter((each) => each !== undefined),
    });
  return (
    <SaveDialog
      title={schedule === undefined ? 'Add an on-call schedule' : `Edit ${schedule.name}`}
      save={save}
      saved="On-call schedule saved"
      missing={missing}
      onClose={onClose}
    >
      <TextField
        label="Name"
        required
        maxLength={100}
        value={form.name}
        onChange={(event) => put({ name: event.target.value })}
      />
      <TextAreaField
        label="People, in the order of their turns"
        required
        rows={4}
        placeholder={'Ada Example <ada@example.com>\nBob Example <bob@example.com>'}
        hint="One on each line: name and mail address."
        value={form.people}
        onChange={(event) => put({ people: event.target.value })}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField label="A turn lasts" options={lengths} value={form.every} onChange={(every) => put({ every })} />
        <TextField
          label="Handover at"
          type="time"
          required
          value={form.handover}
          onChange={(event) => put({ handover: event.target.value })}
        />
        <TextField
          label="First day"
          type="date"
          required
          hint="The first of the people begins then."
          value={form.firstDay}
          onChange={(event) => put({ firstDay: event.target.value })}
        />
        <TextField
          label="Time zone"
          required
          placeholder="Europe/Berlin"
          value={form.timeZone}
          onChange={(event) => put({ timeZone: event.target.value })}
        />
      </div>
      <TextAreaField
        label="Stand-ins"
        rows={2}
        placeholder="2026-04-01T08:00Z 2026-04-02T08:00Z Cyd Example <cyd@example.com>"
        hint="One on each line: from, to (UTC), and who. The later line wins."
        value={form.overrides}
        onChange={(event) => put({ overrides: event.target.value })}
      />
    </SaveDialog>
  );
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function personLine({ name, mail }: OnCallPerson): string {
  return `${name} <${mail}>`;
}

function readPerson(line: string): OnCallPerson | undefined {
  const [, name = '', mail = ''] = /^(.*?)\s*<([^<>]+)>$/.exec(line) ?? [];
  return name !== '' && isMailAddress(mail) ? { name, mail } : undefined;
}

function readOverride(line: string) {
  const [, from = '', to = '', who = ''] = /^(\S+)\s+(\S+)\s+(.+)$/.exec(line) ?? [];
  const person = readPerson(who);
  const [begin, end] = [new Date(from), new Date(to)];
  if (person === undefined || !(begin.getTime() < end.getTime())) return undefined;
  return { from: begin.toISOString(), to: end.toISOString(), person };
}
