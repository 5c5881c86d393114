import {
  type AlertStatus,
  type Classification,
  type Determination,
  groupOfAssignee,
  type IncidentStatus,
  type Severity,
} from '@throughline/model';

type Word = AlertStatus | IncidentStatus | Severity | Classification | Determination;

/** A member of a list as people read it: "inProgress" is "in progress". */
export function inWords(member: Word): string {
  return member.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** A classification with its determination: "true positive (phishing)". */
export function verdictInWords(classification: Classification, determination: Determination): string {
  if (classification === 'unknown') return 'not classified';
  return determination === 'unknown'
    ? inWords(classification)
    : `${inWords(classification)} (${inWords(determination)})`;
}

/** Whom work is given to: "mira", or "the group Night shift". */
export function ownerInWords(assignedTo: string): string {
  const group = groupOfAssignee(assignedTo);
  return group === null ? assignedTo : `the group ${group}`;
}

/** "1 alert", "3 alerts". */
export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** The first line of a text, short enough for a log line. */
export function firstLine(text: string): string {
  const [line = ''] = text.split('\n', 1);
  return line.length > 120 ? `${line.slice(0, 119).toWellFormed()}…` : line;
}
