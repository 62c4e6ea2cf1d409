import { describe, expect, test } from '@jest/globals';
import { KeysError } from '../../lambda/keys/keys.ts';
import { SENDERS } from '../../webhooks/senders.ts';
import { signingSecretsOf } from '../../webhooks/signing-secrets.ts';
import type { SourceName } from '../../webhooks/sources/source-names.ts';
import { SIGNING_SECRET } from '../helpers/webhooks.ts';

const read = (source: SourceName, content: unknown) =>
  signingSecretsOf(source, SENDERS[source].signer)(content, 'finerworks/webhooks');

describe('the signing secrets of a source', () => {
  test('are one, or two while one replaces the other', () => {
    expect(read('shopify', { shopify: 'a', woocommerce: 7 }).signing).toEqual(['a']);
    expect(read('shopify', { shopify: ['new', 'old'] }).signing).toEqual(['new', 'old']);
    const own = { 'standard-webhooks': SIGNING_SECRET };
    expect(read('standard-webhooks', own).signing).toEqual([SIGNING_SECRET]);
  });

  test.each([
    ['are missing', {}],
    ['are empty', { shopify: '' }],
    ['are none', { shopify: [] }],
    ['are three', { shopify: ['secret-1', 'secret-2', 'secret-3'] }],
    ['end with a line break', { shopify: 'secret-1\n' }],
    ['are no text', { shopify: 17 }],
    ['stand in no object', 'secret-1'],
  ])('are refused where they %s, and none is named', (_what, content) => {
    expect(() => read('shopify', content)).toThrow(KeysError);
    expect(() => read('shopify', content)).not.toThrow('secret-1');
  });

  test('of Standard Webhooks are refused where they are no base64: no request would be signed', () => {
    const content = { 'standard-webhooks': 'whsec_not base64' };
    expect(() => read('standard-webhooks', content)).toThrow(/whsec_ and base64$/);
  });
});
