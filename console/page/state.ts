import { computed, signal } from '@preact/signals';

/** Where the page is: `#/DEPLOYMENT/VIEW/ARGUMENT`. */
const hash = signal(location.hash);
addEventListener('hashchange', () => {
  hash.value = location.hash;
  notice.value = undefined;
});

const parts = computed(() => hash.value.replace(/^#\/?/, '').split('/').map(decoded));

/** A part of an address that somebody typed may be no part of one. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The id of the deployment that is shown. */
export const deployment = computed(() => parts.value[0] || '0');
export const view = computed(() => parts.value[1] ?? '');
export const argument = computed(() => parts.value[2] ?? '');

/** A link to a view of the deployment that is shown. */
export function to(name: string, what = '', of = deployment.value): string {
  return `#/${[of, name, what]
    .filter((part) => part !== '')
    .map(encodeURIComponent)
    .join('/')}`;
}

export function go(name: string, what = ''): void {
  location.hash = to(name, what);
}

/** What was done, or went wrong. */
export const notice = signal<{ readonly isError: boolean; readonly text: string } | undefined>(
  undefined,
);

/** Groups of dead letters that are chosen for a replay. */
export const chosenGroups = signal<ReadonlySet<string>>(new Set());
