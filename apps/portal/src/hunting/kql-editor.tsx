import {
  autocompletion,
  type CompletionContext,
  type CompletionResult,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching, indentUnit } from '@codemirror/language';
import { type Diagnostic, linter, lintGutter } from '@codemirror/lint';
import { EditorState, Prec } from '@codemirror/state';
import { drawSelection, EditorView, hoverTooltip, keymap, lineNumbers, placeholder } from '@codemirror/view';
import { useEffect, useImperativeHandle, useRef } from 'react';
import { colours } from './kql-colours.ts';
import { editorTheme } from './kql-theme.ts';
import type { Language } from './language.ts';

export interface KqlEditorHandle {
  /** The selected text, or all of it when nothing is selected. */
  toRun(): string;
  /** Writes at the caret. */
  insert(text: string): void;
  focus(): void;
  /** Puts the caret at a character. */
  goTo(position: number): void;
}

interface KqlEditorProps {
  /** A new value from outside replaces the text. */
  value: string;
  onChange: (value: string) => void;
  onRun: () => void;
  language: Language;
  handle: React.Ref<KqlEditorHandle>;
}

/**
 * The query editor. It stands in a shadow root, where its style sheets are adopted: the content security policy allows no
 * style elements. Tab leaves it after Escape, as its hint says.
 */
export function KqlEditor({ value, onChange, onRun, language, handle }: KqlEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const calls = useRef({ onChange, onRun });
  calls.current = { onChange, onRun };
  const first = useRef(value);

  useEffect(() => {
    const node = host.current;
    if (!node) return;
    const root = node.shadowRoot ?? node.attachShadow({ mode: 'open' });
    const parent = document.createElement('div');
    parent.style.height = '100%';
    root.replaceChildren(parent);
    const editor = new EditorView({
      parent,
      root,
      state: EditorState.create({ doc: first.current, extensions: extensions(language, calls) }),
    });
    view.current = editor;
    return () => {
      first.current = editor.state.doc.toString();
      editor.destroy();
    };
  }, [language]);

  useEffect(() => {
    const editor = view.current;
    if (!editor || editor.state.doc.toString() === value) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } });
  }, [value]);

  useImperativeHandle(handle, () => ({
    toRun() {
      const state = view.current?.state;
      if (!state) return '';
      const { from, to } = state.selection.main;
      const chosen = state.sliceDoc(from, to);
      return chosen.trim() === '' ? state.doc.toString() : chosen;
    },
    insert(text) {
      const editor = view.current;
      if (!editor) return;
      editor.dispatch(editor.state.replaceSelection(text));
      editor.focus();
    },
    focus: () => view.current?.focus(),
    goTo(position) {
      const editor = view.current;
      if (!editor) return;
      const anchor = Math.min(position, editor.state.doc.length);
      editor.dispatch({ selection: { anchor }, scrollIntoView: true });
      editor.focus();
    },
  }));

  return <div ref={host} className="h-full min-h-0" />;
}

function extensions(language: Language, calls: { current: Pick<KqlEditorProps, 'onChange' | 'onRun'> }) {
  return [
    lineNumbers(),
    history(),
    drawSelection(),
    bracketMatching(),
    indentUnit.of('  '),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({
      'aria-label': 'Query. Press Escape, then Tab, to leave.',
      'aria-multiline': 'true',
    }),
    placeholder('DeviceProcessEvents\n| where Timestamp > ago(1d)\n| take 100'),
    Prec.highest(
      keymap.of([
        { key: 'Mod-Enter', run: () => run(calls) },
        { key: 'Shift-Enter', run: () => run(calls) },
      ]),
    ),
    keymap.of([...completionKeymap, ...defaultKeymap, ...historyKeymap]),
    EditorView.domEventHandlers({ beforeinput: replaceSelection }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) calls.current.onChange(update.state.doc.toString());
    }),
    autocompletion({ override: [(context) => complete(language, context)], icons: false, activateOnTypingDelay: 60 }),
    linter((editor) => findings(language, editor), { delay: 400 }),
    lintGutter(),
    hoverTooltip(async (editor, position) => {
      const text = await language.explain(editor.state.doc.toString(), position);
      if (text === null) return null;
      return {
        pos: position,
        create: () => {
          const dom = document.createElement('div');
          dom.className = 'cm-explained';
          dom.textContent = text;
          return { dom };
        },
      };
    }),
    colours(language),
    editorTheme,
  ];
}

function run(calls: { current: Pick<KqlEditorProps, 'onRun'> }): boolean {
  calls.current.onRun();
  return true;
}

/**
 * Typing over a selection, done before the browser does it: to keep the colours of what it replaces, a browser would write
 * them as a style into the text, which the content security policy refuses.
 */
function replaceSelection(event: InputEvent, view: EditorView): boolean {
  if (event.inputType !== 'insertText' || event.data === null || view.state.selection.main.empty) return false;
  event.preventDefault();
  view.dispatch({ ...view.state.replaceSelection(event.data), userEvent: 'input.type' });
  return true;
}

async function complete(language: Language, context: CompletionContext): Promise<CompletionResult | null> {
  if (!context.explicit && context.matchBefore(/[\w|$.]\s?$/) === null) return null;
  const found = await language.complete(context.state.doc.toString(), context.pos);
  if (found === null || found.items.length === 0) return null;
  return {
    from: found.from,
    to: found.to,
    validFor: /^\w*$/,
    options: found.items.map((item, index) => ({
      label: item.label,
      type: item.kind,
      detail: item.kind === 'text' ? '' : item.kind,
      boost: -Math.min(99, Math.floor(index / 8)),
      apply: (editor, _, from, to) =>
        editor.dispatch({
          changes: { from, to, insert: item.text + item.after },
          selection: { anchor: from + item.text.length },
        }),
    })),
  };
}

async function findings(language: Language, editor: EditorView): Promise<Diagnostic[]> {
  const text = editor.state.doc.toString();
  if (text.trim() === '') return [];
  const found = (await language.diagnose(text)) ?? [];
  return found.map(({ from, to, severity, message }) => ({
    from: Math.min(from, text.length),
    to: Math.min(Math.max(to, from), text.length),
    severity,
    message,
  }));
}
