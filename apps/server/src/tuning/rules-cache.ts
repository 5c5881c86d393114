import { type CompiledRules, compileRules, type TuneRule } from '@throughline/tune';

/** The rules of a tenant as last compiled: asked again, the same versions cost nothing. */
export class RulesCache {
  #key = '';
  #rules: CompiledRules = compileRules([]);

  /** The compiled rules that `key` names; `read` is asked only when they are others than last time. */
  async of(key: string, read: () => Promise<TuneRule[]>): Promise<CompiledRules> {
    if (key !== this.#key) {
      this.#rules = compileRules(await read());
      this.#key = key;
    }
    return this.#rules;
  }
}
