import type { SyncState } from './sync-states.ts';

/** The page of an image: when it was last synced. */
export function pageOf(guid: string, { syncedAt, failure }: SyncState): string {
  const lines = [
    syncedAt === undefined ? 'Not synced yet' : `Last synced at ${time(syncedAt)}`,
    ...(failure === undefined ? [] : [`Failed at ${time(failure.at)}: ${escaped(failure.why)}`]),
  ];
  return [
    '<!doctype html>',
    '<html lang="en"><meta charset="utf-8"><title>Image</title>',
    `<h1>${escaped(guid)}</h1>`,
    ...lines.map((line) => `<p>${line}</p>`),
    '</html>',
    '',
  ].join('\n');
}

function time(at: string): string {
  return `<time>${escaped(at)}</time>`;
}

/** A detail may quote what FinerWorks answered. */
function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`);
}
