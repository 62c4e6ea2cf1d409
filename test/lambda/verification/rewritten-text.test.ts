import { expect, test } from '@jest/globals';
import { rewrittenTextOf } from '../../../lambda/verification/rewritten-text.ts';
import { update } from '../../helpers/delivery.ts';
import { guid } from '../../helpers/records.ts';

const sent = update(1, { title: 'A lake', description: ' At dawn' });

test('the first text that is stored as another one is told', () => {
  expect(rewrittenTextOf(sent, { description: 'At dawn' })).toEqual({
    ...{ guid: guid(1), field: 'description', sent: ' At dawn', stored: 'At dawn' },
    lengths: [8, 7],
  });
  expect(rewrittenTextOf(sent, { title: '', description: '' })?.field).toBe('title');
});

test('where none is, none is told', () => {
  expect(rewrittenTextOf(sent, {})).toBeUndefined();
});
