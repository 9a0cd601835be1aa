import { describe, expect, it } from 'vitest';
import { createRedactor } from '../../../src/core/session/redact/redactor.ts';

const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dBjftJeZ4CVPmB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const text = (given: string) => createRedactor().text(given);
const url = (given: string) => createRedactor().url(given);
const header = (name: string, value: string) => createRedactor().header([name, value])[1];

describe('in headers, redaction takes', () => {
  it.each([
    ['Cookie', 'a=1; b=2'],
    ['set-cookie', 'id=1; HttpOnly'],
    ['Authorization', 'Basic dXNlcjpwYXNz'],
    ['Proxy-Authorization', 'x'],
    ['X-Api-Key', '42'],
    ['x-auth-token', 'abc'],
    ['X-CSRF-Token', 'abc'],
    ['X-Amz-Security-Token', 'abc'],
  ])('the whole value of %s', (name, value) => {
    expect(header(name, value)).toBe('redacted-1');
  });

  it('tokens in URLs and protocol names', () => {
    expect(header('Referer', 'https://a.test/?access_token=s3cret&x=1')).toBe(
      'https://a.test/?access_token=redacted-1&x=1',
    );
    expect(header('Location', '/next?code=abc123')).toBe('/next?code=redacted-1');
    expect(header('Sec-WebSocket-Protocol', `chat, ${JWT}`)).toBe('chat, redacted-1');
  });

  it.each([
    ['Content-Type', 'application/json'],
    ['Sec-WebSocket-Key', 'dGhlIHNhbXBsZSBub25jZQ=='],
    ['WWW-Authenticate', 'Basic realm="x"'],
    ['ETag', '"abcdef0123456789"'],
  ])('nothing of %s', (name, value) => {
    expect(header(name, value)).toBe(value);
  });
});

describe('in URLs, redaction takes', () => {
  it.each([
    ['https://a.test/x?token=abc&room=1', 'https://a.test/x?token=redacted-1&room=1'],
    ['https://a.test/x?key=AIza9&sig=q1', 'https://a.test/x?key=redacted-1&sig=redacted-2'],
    ['https://a.test/x?sid=Xy9&session=1', 'https://a.test/x?sid=redacted-1&session=redacted-2'],
    ['https://a.test/x#access_token=abc', 'https://a.test/x#access_token=redacted-1'],
    ['https://user:pass@a.test/x', 'https://redacted-1@a.test/x'],
    ['https://a.test/x;jsessionid=1A2B?y=1', 'https://a.test/x;jsessionid=redacted-1?y=1'],
    [
      'https://a.test/x?next=https%3A%2F%2Fb.test%3Ftoken%3Dabc%26y%3D1',
      'https://a.test/x?next=https%3A%2F%2Fb.test%3Ftoken%3Dredacted-1%26y%3D1',
    ],
    [`wss://a.test/ws/${JWT}/x`, 'wss://a.test/ws/redacted-1/x'],
    ['https://api.test/bot123456:AAEhBOweik6ad6PsVMRxjeQKXkq8rmAAAAA/send', 'https://api.test/redacted-1/send'],
  ])('secrets from %s', (given, expected) => {
    expect(url(given)).toBe(expected);
  });

  it.each([
    'https://a.test/news?since=7&room=lobby&page_token=9',
    'https://a.test/u/6f1f9a5e-4f3a-4b0c-9c57-0e3f3a1c2d4e/posts',
    'https://cdn.test/app.3f2a9c81b0d74e6f8a5c1d2e3f405162.js',
    '/poll?keyboard=1&monkey=2',
  ])('nothing from %s', (given) => {
    expect(url(given)).toBe(given);
  });
});

describe('in contents, redaction takes', () => {
  it.each([
    ['{"user":"kim","password":"a\\"b","n":1}', '{"user":"kim","password":"redacted-1","n":1}'],
    ['{"access_token" : "abc","pin":{"secret":12345}}', '{"access_token" : "redacted-1","pin":{"secret":0}}'],
    ['42["auth",{"token":"s3"}]', '42["auth",{"token":"redacted-1"}]'],
    ['{"data":"{\\"apiKey\\":\\"k\\",\\"a\\":1}"}', '{"data":"{\\"apiKey\\":\\"redacted-1\\",\\"a\\":1}"}'],
    ['{"password":"cut off in the midd', '{"password":"redacted-1'],
    ['user=kim&password=x%20y&b=1', 'user=kim&password=redacted-1&b=1'],
    [`data: {"jwt_of":["${JWT}"]}`, 'data: {"jwt_of":["redacted-1"]}'],
    ['Authorization: Bearer abcdefghijklmnop123', 'Authorization: Bearer redacted-1'],
    ['{"key":"sk-proj-1a2b3c4d5e"}', '{"key":"redacted-1"}'],
  ])('secrets from %s', (given, expected) => {
    expect(text(given)).toBe(expected);
  });

  it.each([
    '{"key":"price","code":"OK","session":"morning"}',
    '{"usage":{"total_tokens":17,"prompt_tokens":5},"nextPageToken":"abc"}',
    '{"text":"Bearer of good news, basic authentication of guests"}',
    'plain words, no names',
  ])('nothing from %s', (given) => {
    expect(text(given)).toBe(given);
  });

  it('leaves bytes as many as they were', () => {
    const bytes = new TextEncoder().encode(`\u0001${JWT}\u0002`);
    const redacted = createRedactor().bytes(bytes);
    expect(redacted).toHaveLength(bytes.length);
    expect(new TextDecoder().decode(redacted)).toBe(`\u0001${'x'.repeat(JWT.length)}\u0002`);
    const plain = new Uint8Array([1, 2, 255]);
    expect(createRedactor().bytes(plain)).toBe(plain);
  });
});

describe('what was redacted', () => {
  it('is the same word where it was the same secret, so that what belonged together still does', () => {
    const redactor = createRedactor();
    expect(redactor.url('/a?token=one')).toBe('/a?token=redacted-1');
    expect(redactor.url('/a?token=two')).toBe('/a?token=redacted-2');
    expect(redactor.text('{"token":"one"}')).toBe('{"token":"redacted-1"}');
  });

  it('is counted by kind and name, and not again when it is redacted already', () => {
    const redactor = createRedactor();
    redactor.header(['Cookie', 'a=1']);
    redactor.header(['cookie', 'a=2']);
    redactor.text('{"Token":"x"}');
    redactor.url('/?token=redacted-9');
    redactor.header(['Cookie', 'redacted-3']);
    expect(redactor.removals()).toEqual([
      { kind: 'header', where: 'cookie', count: 2 },
      { kind: 'field', where: 'token', count: 1 },
    ]);
  });
});
