import { syntaxTree } from '@codemirror/language';
import { type EditorState, StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view';

/** What the contract finds in a body, as the server says it. */
export interface Check {
  readonly isValid: boolean;
  readonly reason?: string;
  readonly faults: readonly { readonly path: string; readonly what: string }[];
}

type Node = ReturnType<typeof syntaxTree>['topNode'];

/** Says what was found in the text as it is now. */
export const setCheck = StateEffect.define<Check>();

const MARK = Decoration.mark({ class: 'fault' });

/** Marks the values at fault; the page lists what is wrong with them. */
export const faultMarks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (marks, { changes, effects, state }) => {
    for (const effect of effects) {
      if (effect.is(setCheck)) return marksOf(state, effect.value);
    }
    return marks.map(changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** Puts each fault where its path leads, as far as the text goes that way. */
function marksOf(state: EditorState, { faults }: Check): DecorationSet {
  const places = faults
    .filter(({ path }) => path !== '')
    .map(({ path }) => placeOf(state, path))
    .filter(({ from, to }) => from < to);
  return Decoration.set(
    places.map(({ from, to }) => MARK.range(from, to)),
    true,
  );
}

function placeOf(state: EditorState, path: string): { from: number; to: number } {
  let node: Node | null = syntaxTree(state).topNode.firstChild;
  for (const [key] of path.matchAll(/[^.[\]]+/g)) {
    const inner: Node | null | undefined = node && childOf(state, node, key);
    if (!inner) break;
    node = inner;
  }
  const isWhole = node === null || node.name === 'Object' || node.name === 'Array';
  const from = node?.from ?? 0;
  // A whole object underlined says nothing: its beginning is enough.
  return { from, to: isWhole ? Math.min(from + 1, state.doc.length) : (node?.to ?? from) };
}

function childOf(state: EditorState, node: Node, key: string): Node | null | undefined {
  if (node.name === 'Array') return itemsOf(node)[Number(key)];
  const property = node.getChildren('Property').find((one) => {
    const name = one.getChild('PropertyName');
    return name !== null && state.sliceDoc(name.from, name.to) === JSON.stringify(key);
  });
  return property?.lastChild;
}

function itemsOf(node: Node): Node[] {
  const items: Node[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (!/^[[\],]$/.test(child.name)) items.push(child);
  }
  return items;
}
