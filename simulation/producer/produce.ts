import type { Scenario } from '../scenario.ts';
import type { Scheduler } from '../world/scheduler.ts';
import type { World } from '../world/world.ts';
import type { ProducedEvent } from './event.ts';
import { Producer } from './producer.ts';
import { guidsOf } from './stream.ts';
import { eventsOf, type Planned } from './streaming.ts';

/** Sends all events, each at its time. */
export function produce(world: World, scenario: Scenario): void {
  const { random, scheduler, oracle, queue, trace, library } = world;
  const { producer: habits } = scenario;
  const producer = new Producer(random.fork('producer'), habits);
  library.stock(producer.guids, scenario.finerworks, random.fork('library'));
  const send = (event: ProducedEvent) => {
    oracle.produced(event);
    queue.send(event);
    trace.tell('producer', `sends ${event.name} ${event.invalid ?? ''} ${event.body}`);
  };
  let count = habits.events;
  for (const stream of scenario.streams ?? []) {
    follow(eventsOf(stream, count + 1), scheduler, send);
    count += stream.events;
    if (stream.inventory === undefined) continue;
    for (const guid of guidsOf(stream)) library.put(guid, stream.inventory === 'products');
  }
  const times = Array.from({ length: habits.events }, () => random.between(0, habits.duration));
  for (const time of times) {
    scheduler.after(time, () => {
      for (const event of producer.produce(scheduler.now())) send(event);
    });
  }
}

/** Sends planned events one after the other: far fewer timers than one for each of them. */
function follow(
  plan: Iterator<Planned>,
  scheduler: Scheduler,
  send: (event: ProducedEvent) => void,
): void {
  const begin = scheduler.now();
  const next = () => {
    const { value, done } = plan.next();
    if (done === true) return;
    const { after, make }: Planned = value;
    scheduler.after(begin + after - scheduler.now(), () => {
      send(make(scheduler.now()));
      next();
    });
  };
  next();
}
