import { describe, expect, it } from 'vitest';
import { displayTemplate, keyParts } from '../../src/core/channel-key.ts';
import { createFamilies } from '../../src/core/families.ts';

interface Asked {
  method?: string;
  document?: string | null;
  text?: string | null;
}
const keys = (urls: string[], { method = 'GET', document = null, text = null }: Asked = {}) => {
  const families = createFamilies();
  return urls.map((url) => families.keyOf(keyParts(document, method, url, text)));
};
const same = (a: string, b: string) => {
  const [first, second] = keys([a, b]);
  return first!.key === second!.key;
};

describe('requests belong to one channel', () => {
  it('when they differ in cursors and cache-busters alone', () => {
    expect(same('https://a.test/n?since=1&_=5', 'https://a.test/n?since=2&_=6')).toBe(true);
    expect(same('https://a.test/n?r=0.1234567', 'https://a.test/n?r=0.7654321')).toBe(true);
    expect(same('https://a.test/n?room=1', 'https://a.test/n?room=2')).toBe(false);
  });
  it('when they differ in what tells who asks', () => {
    const [one, other] = ['eyJhbGciOiJIUzI1NiJ9', 'eyJhbGciOiJFUzI1NiJ9'];
    expect(same(`wss://a.test/n?token=${one}&room=1`, `wss://a.test/n?token=${other}&room=1`)).toBe(true);
    expect(same(`wss://a.test/n?token=${one}&room=1`, `wss://a.test/n?token=${one}&room=2`)).toBe(false);
    expect(same('https://a.test/price?token=BTC', 'https://a.test/price?token=ETH')).toBe(false);
  });
  it('when their paths differ in ids', () => {
    expect(displayTemplate('https://a.test/users/42/messages')).toBe('/users/{id}/messages');
    expect(displayTemplate('https://a.test/j/3f2504e0-4f89-11d3-9a0c-0305e82c3301')).toBe('/j/{id}');
    expect(displayTemplate('https://a.test/s/k3J9xQ2mZp7Lw8Rt5Vb1Nc')).toBe('/s/{id}');
    expect(displayTemplate('https://a.test/internationalization')).toBe('/internationalization');
  });
  it('when their query is in another order', () => {
    expect(same('https://a.test/n?x=1&y=2', 'https://a.test/n?y=2&x=1')).toBe(true);
  });
  it('and never across origins, methods or documents', () => {
    const [key] = keys(['https://a.test/n']).map(({ key }) => key);
    expect(same('https://a.test/n', 'https://b.test/n')).toBe(false);
    expect(keys(['https://a.test/n'], { method: 'POST' })[0]!.key).not.toBe(key);
    expect(keys(['https://a.test/n'], { document: 'd1' })[0]!.key).not.toBe(key);
  });
  it('when a number in their query is another one each time, from the fourth on, those before included', () => {
    const asked = keys([7, 12, 19, 23, 30].map((n) => `https://a.test/n?upto=${n}`));
    expect(asked[3]!.merged).toHaveLength(3);
    expect(asked[4]).toEqual({ key: asked[3]!.key, merged: [] });
  });
  it('but not when it takes turns between a few', () => {
    const asked = keys([1, 2, 1, 2, 1, 2].map((n) => `https://a.test/n?room=${n}`));
    expect(new Set(asked.map(({ key }) => key)).size).toBe(2);
    expect(asked.flatMap(({ merged }) => merged)).toEqual([]);
  });
});

describe('calls on one URL', () => {
  const operation = (text: string) => keyParts(null, 'POST', 'https://a.test/graphql', text).operation;

  it('are told apart by the name of a GraphQL operation, or its document', () => {
    expect(operation('{"operationName":"Quote","query":"query Quote { quote { price } }"}')).toBe('Quote');
    expect(operation('{"query":"query Quote { quote { price } }"}')).toBe('Quote');
    expect(operation('{"query":"{ quote  {\\n price } }"}')).toBe('{ quote { price } }');
    expect(operation('[{"operationName":"A"},{"operationName":"B"}]')).toBe('A+B');
  });
  it('are told apart by the method of JSON-RPC', () => {
    expect(operation('{"jsonrpc":"2.0","id":7,"method":"eth_blockNumber"}')).toBe('eth_blockNumber');
    expect(operation('{"method":"eth_blockNumber"}')).toBeNull();
  });
  it('are told apart by a body whose end was cut off', () => {
    expect(operation('{"operationName":"Quote","variables":{"a":"')).toBe('Quote');
  });
  it('are one job when their body is anything else', () => {
    expect(operation('a=1&b=2')).toBeNull();
    expect(operation('{"note":"query me"}')).toBeNull();
  });
});
