import type { ChoicePreview } from '@throughline/model';

/** "1 alert", "12,000 alerts". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

/** What a deletion of chosen alerts takes, in sentences. */
export function choiceSentences({ alerts, incidents, incidentsKept, letters, pending }: ChoicePreview): string[] {
  const sentences = [
    `${counted(alerts, 'alert')} ${alerts === 1 ? 'goes' : 'go'}, and with ${alerts === 1 ? 'it' : 'them'} ${counted(incidents, 'incident')} that ${incidents === 1 ? 'holds' : 'hold'} nothing else.`,
  ];
  if (incidentsKept > 0) {
    sentences.push(
      `${counted(incidentsKept, 'incident')} ${incidentsKept === 1 ? 'holds' : 'hold'} other alerts too: ${incidentsKept === 1 ? 'it stays' : 'they stay'}, and only these alerts are taken out.`,
    );
  }
  if (letters > 0) sentences.push(`${counted(letters, 'dead letter')} ${letters === 1 ? 'goes' : 'go'} too.`);
  if (pending > 0)
    sentences.push(
      `${counted(pending, 'record')} not stored yet ${pending === 1 ? 'stays and becomes an alert' : 'stay and become alerts'}.`,
    );
  return sentences;
}
