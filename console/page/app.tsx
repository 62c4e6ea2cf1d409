import { useEffect } from 'preact/hooks';
import { ask, session } from './client.ts';
import { Header } from './header.tsx';
import { listenToKeys } from './keys.ts';
import { argument, deployment, notice, view } from './state.ts';
import { useAnswer } from './use-answer.ts';
import { File } from './views/file.tsx';
import { Image } from './views/image.tsx';
import { Letter } from './views/letters/letter.tsx';
import { Letters } from './views/letters/letters.tsx';
import { Overview } from './views/overview/overview.tsx';
import { Replay } from './views/replay/replay.tsx';
import { Replays } from './views/replay/replays.tsx';
import { Runbook } from './views/runbook.tsx';
import { Tail } from './views/tail/tail.tsx';
import { Event } from './views/trail/event.tsx';
import { Events } from './views/trail/events.tsx';

/** The whole page. */
export function App() {
  const { value, error } = useAnswer(() => ask(session.$get()), 'session');
  useEffect(listenToKeys, []);
  const shown = value?.deployments.find(({ id }) => id === deployment.value);
  document.title = `${titles.get(view.value) ?? 'Image updates'} · ${shown?.name ?? 'console'}`;
  if (value === undefined || shown === undefined) {
    return (
      <main>
        <p role="status">{error ?? 'Asking the console…'}</p>
      </main>
    );
  }
  return (
    <>
      <Header session={value} shown={shown} />
      <main id="main" tabIndex={-1} key={`${deployment.value} ${view.value} ${argument.value}`}>
        <p class={notice.value?.isError ? 'notice wrong' : 'notice'} role="status">
          {notice.value?.text}
        </p>
        {contentOf(value.isReadOnly)}
      </main>
    </>
  );
}

/** Views are parts of an address that anybody may type: `constructor`, say. */
const titles: ReadonlyMap<string, string> = new Map([
  ['letters', 'Dead letters'],
  ['letter', 'Dead letter'],
  ['replay', 'Replay'],
  ['replays', 'Replay'],
  ['event', 'Event'],
  ['events', 'Events'],
  ['tail', 'Tail'],
  ['image', 'Image'],
  ['file', 'File'],
  ['runbook', 'Runbook'],
]);

function contentOf(isReadOnly: boolean) {
  switch (view.value) {
    case 'letters':
      return <Letters group={argument.value} isReadOnly={isReadOnly} />;
    case 'letter':
      return <Letter id={argument.value} isReadOnly={isReadOnly} />;
    case 'replay':
      return <Replay />;
    case 'replays':
      return <Replays id={argument.value} />;
    case 'event':
      return <Event id={argument.value} />;
    case 'events':
      return <Events filter={argument.value} />;
    case 'tail':
      return <Tail filter={argument.value} />;
    case 'image':
      return <Image guid={argument.value} isReadOnly={isReadOnly} />;
    case 'file':
      return <File isReadOnly={isReadOnly} />;
    case 'runbook':
      return <Runbook anchor={argument.value} />;
    default:
      return <Overview isReadOnly={isReadOnly} />;
  }
}
