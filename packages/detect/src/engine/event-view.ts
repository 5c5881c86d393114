import type { TelemetryEvent } from '@throughline/model';
import { type FieldPath, fieldPath, valueAt, textOf as valueText, visitTexts } from './field-path.ts';

/** The texts of a field: one, several when the field is an array, undefined when it is absent or null. */
export type Texts = string | readonly string[] | undefined;

/** The number that stands for a field in an {@link EventView}. */
export type Slot = number;

/**
 * The event that is being judged, with what was computed of its fields, each at most once an event. One view serves event
 * after event.
 */
export class EventView {
  /** Counts events; what was computed under another number is stale. */
  turn = 0;
  fields: Readonly<Record<string, unknown>> = {};
  private readonly slots = new Map<string, Slot>();
  private readonly paths: FieldPath[] = [];
  private readonly rawTurn: number[] = [];
  private readonly raw: unknown[] = [];
  private readonly textTurn: number[] = [];
  private readonly text: Texts[] = [];
  private readonly lowerTurn: number[] = [];
  private readonly lower: Texts[] = [];
  private everyTurn = 0;
  private every: string[] = [];
  private everyLower: string[] | undefined;

  load(event: TelemetryEvent): void {
    this.turn++;
    this.fields = event.fields;
  }

  slotOf(field: string): Slot {
    const known = this.slots.get(field);
    if (known !== undefined) return known;
    const slot = this.paths.length;
    this.slots.set(field, slot);
    this.paths.push(fieldPath(field));
    this.rawTurn.push(0);
    this.raw.push(undefined);
    this.textTurn.push(0);
    this.text.push(undefined);
    this.lowerTurn.push(0);
    this.lower.push(undefined);
    return slot;
  }

  value(slot: Slot): unknown {
    if (this.rawTurn[slot] === this.turn) return this.raw[slot];
    this.rawTurn[slot] = this.turn;
    const value = valueAt(this.fields, this.paths[slot] as FieldPath);
    this.raw[slot] = value;
    return value;
  }

  texts(slot: Slot): Texts {
    if (this.textTurn[slot] === this.turn) return this.text[slot];
    this.textTurn[slot] = this.turn;
    const value = this.value(slot);
    const texts = typeof value === 'string' ? value : textsOf(value);
    this.text[slot] = texts;
    return texts;
  }

  lowerTexts(slot: Slot): Texts {
    if (this.lowerTurn[slot] === this.turn) return this.lower[slot];
    this.lowerTurn[slot] = this.turn;
    const texts = this.texts(slot);
    const lower =
      typeof texts === 'string' ? texts.toLowerCase() : texts === undefined ? undefined : texts.map(lowerCase);
    this.lower[slot] = lower;
    return lower;
  }

  /** Every text of the event, numbers and booleans as texts. */
  allTexts(): readonly string[] {
    if (this.everyTurn !== this.turn) {
      this.everyTurn = this.turn;
      this.every = [];
      this.everyLower = undefined;
      visitTexts(this.fields, true, (text) => this.every.push(text));
    }
    return this.every;
  }

  allLowerTexts(): readonly string[] {
    const texts = this.allTexts();
    this.everyLower ??= texts.map(lowerCase);
    return this.everyLower;
  }
}

function textsOf(value: unknown): Texts {
  if (!Array.isArray(value)) return valueText(value);
  const texts = value.flat(8).flatMap((element) => valueText(element) ?? []);
  return texts.length === 0 ? undefined : texts;
}

function lowerCase(text: string): string {
  return text.toLowerCase();
}
