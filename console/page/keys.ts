import { effect, signal } from '@preact/signals';
import { go } from './state.ts';

const STORED = 'keys';

/** Whether single keys do something: people who dictate can switch them off (WCAG 2.1.4). */
export const areKeysOn = signal(localStorage.getItem(STORED) !== 'off');
effect(() => localStorage.setItem(STORED, areKeysOn.value ? 'on' : 'off'));

const VIEWS: Readonly<Record<string, string>> = {
  o: '',
  l: 'letters',
  e: 'events',
  t: 'tail',
  i: 'image',
  f: 'file',
  p: 'replays',
};

/** Takes single keys: a view each, `r` to read anew, `j` and `k` to the next and the last row. */
export function listenToKeys(): () => void {
  document.addEventListener('keydown', onKey);
  return () => document.removeEventListener('keydown', onKey);
}

function onKey(event: KeyboardEvent): void {
  const { key, ctrlKey, metaKey, altKey } = event;
  if (!areKeysOn.value || ctrlKey || metaKey || altKey || isTyping(event)) return;
  const name = VIEWS[key];
  if (name !== undefined) go(name);
  else if (key === 'r') document.querySelector<HTMLElement>('[data-key="r"]')?.click();
  else if (key === 'j' || key === 'k') moveBy(key === 'j' ? 1 : -1);
  else return;
  event.preventDefault();
}

/** Texts that are typed are no commands; the editor's lie behind a shadow root. */
function isTyping(event: Event): boolean {
  const [target] = event.composedPath();
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

function moveBy(step: number): void {
  const rows = [...document.querySelectorAll('tbody a, .timeline a')].filter(
    (row) => row instanceof HTMLElement,
  );
  const { activeElement } = document;
  const at = activeElement instanceof HTMLElement ? rows.indexOf(activeElement) : -1;
  rows[Math.min(Math.max(at + step, 0), rows.length - 1)]?.focus();
}
