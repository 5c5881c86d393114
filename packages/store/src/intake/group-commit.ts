/**
 * Gathers calls that wait for the same kind of work, so that many small ones share one transaction and one flush to
 * disk. One run is under way at a time: what arrives meanwhile forms the next, so a lone call waits for nobody and a
 * crowd costs a few runs. `run` answers in the order of its items; when it fails, each item is run alone, so that one
 * bad item fails only its own caller.
 *
 * `maxItems` bounds a run; a run also ends after the item that takes it to `maxWeight`.
 */
export function groupCommit<Item, Answer>(
  run: (items: Item[]) => Promise<Answer[]>,
  { maxItems, maxWeight, weight }: { maxItems: number; maxWeight: number; weight: (item: Item) => number },
): (item: Item) => Promise<Answer> {
  type Waiting = { item: Item; resolve: (answer: Answer) => void; reject: (reason: unknown) => void };
  const waiting: Waiting[] = [];
  let running = false;

  function next(): Waiting[] {
    let total = 0;
    let count = 0;
    while (count < waiting.length && count < maxItems && total < maxWeight) {
      total += weight((waiting[count] as Waiting).item);
      count++;
    }
    return waiting.splice(0, count);
  }

  async function settle(group: Waiting[]): Promise<void> {
    try {
      const answers = await run(group.map(({ item }) => item));
      group.forEach(({ resolve }, index) => {
        resolve(answers[index] as Answer);
      });
    } catch (error) {
      if (group.length === 1) group[0]?.reject(error);
      else for (const one of group) await settle([one]);
    }
  }

  async function drain(): Promise<void> {
    running = true;
    // One turn of the event loop lets requests that arrived together go together.
    await new Promise(setImmediate);
    while (waiting.length > 0) await settle(next());
    running = false;
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!running) void drain();
    });
}
