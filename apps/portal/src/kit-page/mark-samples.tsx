import {
  EntityBadge,
  ScopeCounts,
  ScoreRing,
  SeverityMark,
  StateMark,
  TacticStrip,
  Time,
  VerdictMark,
} from '../kit/index.ts';
import { Sample, Samples } from './sample.tsx';

const severities = ['high', 'medium', 'low', 'informational', 'unknown'] as const;
const states = [
  'active',
  'inProgress',
  'awaitingAction',
  'resolved',
  'redirected',
  'ok',
  'pending',
  'failed',
  'unknown',
] as const;
const verdicts = ['malicious', 'suspicious', 'noThreatsFound', 'unknown'] as const;
const entities = [
  ['device', 'FIN-WS-07'],
  ['user', 'mira.keller@example.com'],
  ['mailbox', 'cfo@example.com'],
  ['ip', '185.220.101.42'],
  ['file', 'invoice_2291.docm'],
  ['url', 'https://login-example.support/verify'],
  ['process', 'rundll32.exe (4711)'],
  ['cloudApplication', 'Example Drive'],
] as const;
const hour = 3_600_000;

export function MarkSamples() {
  return (
    <Samples title="Marks">
      <Sample name="SeverityMark">
        {severities.map((severity) => (
          <SeverityMark key={severity} severity={severity} />
        ))}
        {severities.map((severity) => (
          <SeverityMark key={severity} severity={severity} form="word" />
        ))}
      </Sample>
      <Sample name="StateMark">
        {states.map((state) => (
          <StateMark key={state} state={state} />
        ))}
      </Sample>
      <Sample name="VerdictMark">
        {verdicts.map((verdict) => (
          <VerdictMark key={verdict} verdict={verdict} />
        ))}
      </Sample>
      <Sample name="TacticStrip">
        <TacticStrip tactics={['initialAccess', 'execution', 'credentialAccess']} />
        <TacticStrip tactics={[]} />
        <TacticStrip tactics={['initialAccess', 'execution', 'lateralMovement', 'exfiltration']} size="large" />
      </Sample>
      <Sample name="ScoreRing">
        {[0, 12, 55, 70, 100].map((score) => (
          <ScoreRing key={score} score={score} />
        ))}
        <ScoreRing score={87} size="large" />
      </Sample>
      <Sample name="ScopeCounts">
        <ScopeCounts devices={3} users={2} mailboxes={1} />
        <ScopeCounts devices={1_204} users={0} mailboxes={0} other={2} />
        <ScopeCounts devices={0} users={0} mailboxes={0} />
      </Sample>
      <Sample name="EntityBadge">
        {entities.map(([kind, name]) => (
          <EntityBadge key={kind} entity={{ kind, name }} onOpen={() => {}} onFilter={() => {}} />
        ))}
      </Sample>
      <Sample name="Time">
        <Time value={Date.now() - 4 * 60_000} />
        <Time value={Date.now() - 3 * hour} form="ago" />
        <Time value={Date.now() - 50 * hour} form="short" />
        <Time value={Date.now() - 50 * hour} form="exact" copyable />
        <Time value={null} />
      </Sample>
    </Samples>
  );
}
