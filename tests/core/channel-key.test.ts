import { describe, expect, it } from 'vitest';
import { channelKey, displayTemplate } from '../../src/core/channel-key.ts';

const same = (a: string, b: string) => channelKey('GET', a, null) === channelKey('GET', b, null);

describe('requests belong to one channel', () => {
  it('when they differ in cursors and cache-busters alone', () => {
    expect(same('https://a.test/n?since=1&_=5', 'https://a.test/n?since=2&_=6')).toBe(true);
    expect(same('https://a.test/n?room=1', 'https://a.test/n?room=2')).toBe(false);
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
    expect(same('https://a.test/n', 'https://b.test/n')).toBe(false);
    expect(channelKey('POST', 'https://a.test/n', null)).not.toBe(channelKey('GET', 'https://a.test/n', null));
    expect(channelKey('GET', 'https://a.test/n', 'd1')).not.toBe(channelKey('GET', 'https://a.test/n', 'd2'));
  });
});
