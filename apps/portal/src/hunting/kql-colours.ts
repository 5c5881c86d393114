import { RangeSetBuilder, StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view';
import type { Stretch } from './kusto-answers.ts';
import type { Language } from './language.ts';

const setStretches = StateEffect.define<readonly Stretch[]>();

const field = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(now, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(setStretches)) return decorate(effect.value, transaction.newDoc.length);
    }
    return now.map(transaction.changes);
  },
  provide: (self) => EditorView.decorations.from(self),
});

function decorate(stretches: readonly Stretch[], length: number): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  for (const { from, to, kind } of stretches) {
    if (to <= length) builder.add(from, to, Decoration.mark({ class: `kql-${kind}` }));
  }
  return builder.finish();
}

/** Colours words by what the language service says they are; until it answers, the colours move with the text. */
export function colours(language: Language) {
  const follow = ViewPlugin.fromClass(
    class {
      private waiting: ReturnType<typeof setTimeout> | undefined;

      constructor(view: EditorView) {
        this.ask(view, 0);
      }

      update(update: ViewUpdate) {
        if (update.docChanged) this.ask(update.view, 80);
      }

      destroy() {
        clearTimeout(this.waiting);
      }

      private ask(view: EditorView, delay: number) {
        clearTimeout(this.waiting);
        this.waiting = setTimeout(async () => {
          const text = view.state.doc.toString();
          const stretches = await language.classify(text);
          if (stretches === null) this.ask(view, 400);
          else if (view.state.doc.toString() === text) view.dispatch({ effects: setStretches.of(stretches) });
        }, delay);
      }
    },
  );
  return [field, follow];
}
