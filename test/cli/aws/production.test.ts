import { expect, test } from '@jest/globals';
import { isProduction } from '../../../cli/aws/production.ts';

const URL_OF = 'https://sqs.eu-west-1.amazonaws.com/111122223333/';
const stack = (name: string, tags: Record<string, string> = {}) => ({ name, tags });

test.each([
  ['a stack that is named so', 'Updates', stack('ImagesProd')],
  ['a queue that is named so', 'production-images-Queue-1', undefined],
  ['a stack that is tagged so', 'Updates', stack('Images', { Environment: 'production' })],
])('%s is production', (_name, queue, of) => {
  expect(isProduction(URL_OF + queue, of)).toBe(true);
});

test.each([
  ['products and producers', 'product-images-from-producers', stack('ProductImages')],
  ['another tag', 'Updates', stack('Images', { team: 'productions', stage: 'test' })],
])('%s are not', (_name, queue, of) => {
  expect(isProduction(URL_OF + queue, of)).toBe(false);
});

test('nor is a queue on this machine, whatever it is called', () => {
  expect(isProduction('http://127.0.0.1:4100/000000000000/prod', undefined)).toBe(false);
});
