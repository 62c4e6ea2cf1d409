import { type ComponentChildren, options } from 'preact';
import { printable } from '../../cli/terminal/printable.ts';

/**
 * Shows every text of the page as a terminal may have it: a mark of direction in a producer's text would
 * show `exe.png` where `gnp.exe` stands. Values of fields stay as they are, so that what is chosen or
 * edited is what is sent.
 */
export function showPrintableTexts(): void {
  const before = options.vnode;
  options.vnode = (vnode) => {
    const isElement = typeof vnode.type === 'string';
    const props: { children?: ComponentChildren } = vnode.props;
    if (isElement) props.children = printableIn(props.children);
    before?.(vnode);
  };
}

function printableIn(children: ComponentChildren): ComponentChildren {
  if (typeof children === 'string') return printable(children);
  return Array.isArray(children) ? children.map(printableIn) : children;
}
