import type { EntityKind } from '@throughline/model';
import { entityKinds, kindWord } from '@throughline/model';
import { defaultConfig } from '../default-config.ts';
import { type Parameter, parameterOf } from './parameter.ts';

const remembered = { factor: 1, remembered: true } as const;
const learnt = { factor: 1 } as const;

/** Hubs, and how habits are learned. */
export const habitParameters: readonly Parameter[] = [
  parameterOf(
    'hubs',
    'hub.free',
    'Fades from',
    'assets',
    [1, 31],
    'What more assets than this share within the window fades as a link.',
    'A person uses a handful of assets.',
    { whole: true },
  ),
  parameterOf(
    'hubs',
    'hub.cap',
    'Silent from',
    'assets',
    [2, 32],
    'What so many assets share says nothing any more.',
    'What 32 assets share in three days belongs to no one. More are not counted.',
    { whole: true },
  ),
  parameterOf(
    'hubs',
    'hub.window',
    'Measured over',
    'hours',
    [1, 720],
    'Assets seen together longer ago than this do not make a hub.',
    'Three days: over a weekend.',
  ),
  parameterOf(
    'habit',
    'duty.episodeGap',
    'Silence that ends an episode',
    'hours',
    [1, 48],
    'After so many hours without an alert the next one begins a new episode.',
    'A tool that runs hourly pauses for two hours when a host sleeps.',
    remembered,
  ),
  parameterOf(
    'habit',
    'duty.episodeMax',
    'Longest episode',
    'hours',
    [1, 168],
    'What goes on for longer becomes habit while it goes on.',
    'A quarter of a day: what still fires then has become part of the day.',
    remembered,
  ),
  parameterOf(
    'habit',
    'duty.memory',
    'Habits fade in',
    'hours',
    [24, 2_160],
    'After this time the past counts by a third.',
    'Two weeks hold a weekly habit twice, and forgive a detector that was noisy a month ago.',
    remembered,
  ),
  parameterOf(
    'habit',
    'duty.priorHours',
    'Hours until an asset speaks for itself',
    'hours',
    [1, 336],
    'So long an asset must be watched before its own habits outweigh those of all assets.',
    'One day.',
    learnt,
  ),
  parameterOf(
    'habit',
    'duty.priorFirings',
    'Firings assumed of a new detector',
    'firings',
    [0.01, 10],
    'Hours with an alert assumed before a detector was ever seen to fire.',
    'Half a firing: the usual guess for what was never seen.',
  ),
  parameterOf(
    'habit',
    'duty.priorObserved',
    'Asset hours assumed for it',
    'hours',
    [10, 10_000],
    'In how many observed hours those firings are assumed.',
    'Ten assets for a day.',
    learnt,
  ),
  parameterOf(
    'habit',
    'artefactOccasion.episodeGap',
    'Silence that ends an occasion',
    'hours',
    [1, 168],
    'After so many hours the same detector naming the same artefact is a new occasion.',
    'A night between two uses.',
    remembered,
  ),
  parameterOf(
    'habit',
    'artefactOccasion.episodeMax',
    'Longest occasion',
    'hours',
    [1, 336],
    'After so many hours a detector is known to name the artefact.',
    'Two days for the whole.',
    remembered,
  ),
  parameterOf(
    'habit',
    'artefactOccasion.memory',
    'Occasions fade in',
    'hours',
    [24, 2_160],
    'After this time earlier occasions count by a third.',
    'Two weeks, as for assets.',
    remembered,
  ),
];

const named: readonly EntityKind[] = ['file', 'message', 'mailCluster', 'session', 'process', 'url'];

/** Chance of meeting a new artefact by accident, of every kind that has one. */
export const chanceParameters: readonly Parameter[] = entityKinds
  .filter((kind) => defaultConfig.artefactChance[kind] !== undefined)
  .map((kind) =>
    parameterOf(
      'chance',
      `artefactChance.${kind}`,
      capital(kindWord(kind)),
      'chance',
      [1e-6, 0.5],
      `The chance of meeting a new ${kindWord(kind)} by accident in a given hour. Lower links more strongly.`,
      named.includes(kind) ? 'It names one thing.' : 'It names what many use.',
    ),
  );

/** How far sharing an entity of a kind is trusted. */
export const kindParameters: readonly Parameter[] = entityKinds.map((kind) =>
  parameterOf(
    'kinds',
    `kindWeight.${kind}`,
    capital(kindWord(kind)),
    'weight',
    [0, 2],
    `How far sharing a ${kindWord(kind)} is trusted: 0 never links, 1 counts in full.`,
    kind === 'cloudApplication' ? 'Everyone works in the same few cloud applications.' : 'In full.',
  ),
);

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
