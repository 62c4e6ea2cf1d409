// @ts-nocheck
export type { EventFacts, ImageChange, ImageValues } from './event.ts';
export { type Grouping, GroupNeeded } from './message-group.ts';
export type { PublishResult } from './publish-result.ts';
export { createPublisher, type Publisher, type PublisherOptions } from './publisher.ts';
