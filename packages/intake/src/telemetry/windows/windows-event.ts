import type { Fields } from '../../field/value.ts';
import type { When } from '../row/when.ts';

/** A Windows event as every shape of it is read: what the log says of it, and its own fields, flat. */
export type WindowsEvent = {
  id: number;
  /** As written; '' when the record does not say. */
  channel: string;
  provider: string;
  computer: string | null;
  when: When;
  /** EventRecordID; `null` when the record does not say. */
  recordId: number | null;
  /** `EventID`, `Channel`, `Provider_Name`, `Computer` and the fields of EventData or UserData beside them. */
  fields: Fields;
  /** The fields of EventData or UserData; flat shapes have the system's and the shipper's among them. */
  data: Fields;
  /** The fields of EventData or UserData alone. */
  ownData: () => Fields;
  /** Level, keywords and the like, by the names of Sentinel's SecurityEvent and WindowsEvent tables. */
  system: Fields;
};
