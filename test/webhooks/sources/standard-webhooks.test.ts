import { describe, expect, test } from '@jest/globals';
import { isJsonObject } from '../../../lambda/contract/json.ts';
import { changes, GUID, mapped } from '../../helpers/mapped-webhooks.ts';

describe('Standard Webhooks', () => {
  const EVENT = { guid: GUID, title: 'Fjord at dawn', description: 'A fjord in the first light.' };

  test('an event stands in data, its time beside it', async () => {
    expect(await mapped('standard-webhooks')).toEqual(
      changes({ id: 'delivery-1', time: '2024-04-22T19:30:00.123456Z', ...EVENT }),
    );
  });

  test('or it is the body itself, and what it says of itself comes first', async () => {
    const said = { ...EVENT, id: 'order-17', time: '2024-01-01T00:00:00Z', account_key: 'A' };
    const body = Buffer.from(JSON.stringify(said));
    expect(await mapped('standard-webhooks', { body })).toEqual(changes(said));
  });

  test('without a time it has that of its sending', async () => {
    const body = Buffer.from(JSON.stringify(EVENT));
    const result = await mapped('standard-webhooks', { body });
    const [change] = result.kind === 'changes' ? result.changes : [];
    const time = isJsonObject(change) ? String(change.time) : '';
    expect(Math.abs(Date.parse(time) - Date.now())).toBeLessThan(60_000);
  });
});
