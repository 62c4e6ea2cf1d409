import { history, historyKeymap, standardKeymap } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { unifiedMergeView } from '@codemirror/merge';
import { Compartment, EditorState } from '@codemirror/state';
import { EditorView, highlightSpecialChars, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { type Check, faultMarks, setCheck } from './fault-marks.ts';

/** How long nobody types before the text is checked, in milliseconds. */
const CHECK_DELAY = 150;

/** An editor on the page. */
export interface MountedEditor {
  /** Shows the first text beside the present one, line by line, or stops it. */
  readonly showChanges: (isShown: boolean) => void;
  readonly destroy: () => void;
}

/** Colours are the page's own: they follow it into the dark. */
const COLOURS = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--accent)' },
  { tag: [tags.string, tags.number, tags.bool, tags.null], color: 'var(--value)' },
]);

const THEME = EditorView.theme({
  '&': { color: 'var(--text)', backgroundColor: 'var(--ground)' },
  '.cm-content': { caretColor: 'var(--text)', fontFamily: 'var(--mono)' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '.cm-gutters': { color: 'var(--quiet)', backgroundColor: 'var(--raised)', border: 'none' },
  '&.cm-focused': { outline: '2px solid var(--accent)' },
  '.fault': { textDecoration: 'underline wavy var(--danger)' },
  '.cm-deletedChunk': { color: 'var(--text)', backgroundColor: 'var(--removed)' },
  '.cm-changedLine': { backgroundColor: 'var(--added) !important' },
});

/**
 * Puts an editor into an element. It lies behind a shadow root, where its styles need no permission to
 * stand in the page.
 *
 * @param options.check asked for each new text, once nobody types any more
 */
export function mountEditor(
  host: HTMLElement,
  options: {
    readonly text: string;
    readonly isReadOnly: boolean;
    readonly onChange: (text: string) => void;
    readonly check: (text: string) => Promise<Check>;
  },
): MountedEditor {
  const { text, isReadOnly, onChange, check } = options;
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  const changes = new Compartment();
  let timer: ReturnType<typeof setTimeout>;
  const checkNow = async () => {
    const { doc } = view.state;
    const found = await check(doc.toString());
    // What was found in an older text stands at other places.
    if (view.state.doc === doc) view.dispatch({ effects: setCheck.of(found) });
  };
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(),
        // Marks of direction, too, which would reorder what is read.
        highlightSpecialChars(),
        history(),
        keymap.of([...standardKeymap, ...historyKeymap]),
        json(),
        syntaxHighlighting(COLOURS),
        faultMarks,
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': 'Body, as JSON' }),
        EditorState.readOnly.of(isReadOnly),
        EditorView.updateListener.of((update) => {
          if (!update.docChanged) return;
          onChange(update.state.doc.toString());
          clearTimeout(timer);
          timer = setTimeout(checkNow, CHECK_DELAY);
        }),
        THEME,
        changes.of([]),
      ],
    }),
  });
  void checkNow();
  const diff = unifiedMergeView({ original: text, mergeControls: false });
  return {
    showChanges: (isShown) => view.dispatch({ effects: changes.reconfigure(isShown ? diff : []) }),
    destroy: () => {
      clearTimeout(timer);
      view.destroy();
    },
  };
}
