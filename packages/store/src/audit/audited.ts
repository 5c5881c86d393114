import type { AuditActor, AuditTarget } from '@throughline/model';
import type { Transaction, TransactionBuilder } from 'kysely';
import type { Database, Db } from '../database.ts';

/** What a command changed, for the entry that tells it. `before` and `after` hold the changed fields only. */
export type AuditNote = {
  target: AuditTarget;
  /** Who did it, where the work itself finds that out: a sign-in. */
  actor?: AuditActor;
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
};

const notesOf = new WeakMap<Db, AuditNote[]>();

/**
 * Tells the audit log what a transaction changes; nothing happens in a transaction that nobody audits. Commands call it
 * where they write, so that entry and change are committed together.
 */
export function noteChange(trx: Db, note: AuditNote): void {
  notesOf.get(trx)?.push(note);
}

/**
 * The database for one audited piece of work: each of its transactions ends with `finish`, which gets what was noted in
 * it and appends the entries. A transaction without notes changes nothing that is audited.
 */
export function auditedDb(db: Db, finish: (trx: Db, notes: readonly AuditNote[]) => Promise<void>): Db {
  return new Proxy(db, {
    get(target, name) {
      if (name === 'transaction') return () => audited(target.transaction(), finish);
      return bound(target, name);
    },
  });
}

/** Runs work in one audited transaction, for work whose commands open none themselves. */
export async function inAuditedTransaction<T>(
  db: Db,
  work: (trx: Db) => Promise<T>,
  finish: (trx: Db, notes: readonly AuditNote[], result: T) => Promise<void>,
): Promise<T> {
  return db.transaction().execute(async (trx) => {
    const notes: AuditNote[] = [];
    notesOf.set(trx, notes);
    const result = await work(trx);
    await finish(trx, notes, result);
    return result;
  });
}

type Builder = TransactionBuilder<Database>;
type Finish = (trx: Db, notes: readonly AuditNote[]) => Promise<void>;

function audited(builder: Builder, finish: Finish): Builder {
  return new Proxy(builder, {
    get(target, name) {
      if (name === 'execute') {
        return <T>(work: (trx: Transaction<Database>) => Promise<T>) =>
          target.execute(async (trx) => {
            const notes: AuditNote[] = [];
            notesOf.set(trx, notes);
            const result = await work(trx);
            if (notes.length > 0) await finish(trx, notes);
            return result;
          });
      }
      if (name === 'setIsolationLevel' || name === 'setAccessMode') {
        return (...args: never[]) => audited((target[name] as (...args: never[]) => Builder)(...args), finish);
      }
      return bound(target, name);
    },
  });
}

// Kysely keeps its state in private fields, which a proxy as `this` would not have.
function bound(target: object, name: string | symbol): unknown {
  const value = Reflect.get(target, name, target);
  return typeof value === 'function' ? value.bind(target) : value;
}
