import { execFileSync } from 'node:child_process';
import vm from 'node:vm';
import { describe, expect, it } from 'vitest';
import { asCurl } from '../../../src/core/copy/curl.ts';
import { asFetch } from '../../../src/core/copy/fetch.ts';
import { type CopiedRequest, copiedRequest } from '../../../src/core/copy/request.ts';
import { asWebsocat } from '../../../src/core/copy/websocat.ts';
import type { Connection, Exchange, Header } from '../../../src/core/model.ts';
import { entryOf } from '../../support/timeline.ts';

/** What a shell would hand to the program, the program's name left out. */
const argumentsOf = (command: string): string[] =>
  execFileSync('sh', ['-c', `${command.replace(/^\S+/, 'printf "%s\\0"')}`], { encoding: 'utf8' })
    .split('\0')
    .slice(0, -1);

const HOSTILE = `a'b"c $(touch /tmp/owned) \`id\` \\ \n%s --output x; & | <b> é 한글`;

const request = (given: Partial<CopiedRequest>): CopiedRequest => ({
  method: 'GET',
  url: 'https://app.test/news?since=1&q=[a]{b}',
  headers: [],
  body: null,
  ...given,
});

describe('as curl', () => {
  it('reaches curl word by word, whatever the page put into it', () => {
    const copied = request({ method: 'POST', headers: [['X-Odd', HOSTILE.replace('\n', '')]], body: HOSTILE });
    expect(argumentsOf(asCurl(copied))).toEqual([
      '--globoff',
      '--url',
      copied.url,
      '--header',
      `X-Odd: ${HOSTILE.replace('\n', '')}`,
      '--data-raw',
      HOSTILE,
    ]);
  });

  it('names the method where curl would take another, and sends an empty header', () => {
    const args = argumentsOf(asCurl(request({ method: 'DELETE', headers: [['X-Empty', '']] })));
    expect(args).toContain('DELETE');
    expect(args).toContain('X-Empty;');
    expect(argumentsOf(asCurl(request({})))).not.toContain('--request');
  });
});

describe('as fetch', () => {
  it('makes the same request when it is run, less what no script may set', () => {
    const headers: Header[] = [
      ['X-Odd', HOSTILE],
      ['Cookie', 'id=1'],
      ['Sec-Fetch-Mode', 'cors'],
    ];
    const calls: unknown[][] = [];
    const code = asFetch(request({ method: 'PUT', headers, body: `${HOSTILE}</script>\u2028` }));
    expect(code).not.toMatch(/<\/script|\u2028/);
    vm.runInNewContext(code, { fetch: (...given: unknown[]) => calls.push(given) });
    expect(JSON.parse(JSON.stringify(calls))).toEqual([
      [
        'https://app.test/news?since=1&q=[a]{b}',
        { method: 'PUT', headers: { 'X-Odd': HOSTILE }, body: `${HOSTILE}</script>\u2028`, credentials: 'include' },
      ],
    ]);
  });
});

describe('as websocat', () => {
  it('asks for the protocol and with the headers of the page', () => {
    const requestHeaders: Header[] = [
      ['Sec-WebSocket-Key', 'x'],
      ['Origin', 'https://app.test'],
    ];
    const connection = {
      url: "wss://app.test/ws?'",
      protocol: 'v1.json',
      handshakes: [entryOf({ requestHeaders })],
    } as unknown as Connection;
    expect(argumentsOf(asWebsocat(connection))).toEqual([
      '--protocol',
      'v1.json',
      '--header',
      'Origin: https://app.test',
      "wss://app.test/ws?'",
    ]);
  });
});

describe('the request that is copied', () => {
  it('has the headers that were sent, less those that any sender writes by itself', () => {
    const requestHeaders: Header[] = [
      [':authority', 'app.test'],
      ['Host', 'app.test'],
      ['Content-Length', '2'],
      ['Accept', '*/*'],
    ];
    const exchange = {
      method: 'POST',
      url: 'https://app.test/',
      network: entryOf({ requestHeaders, requestBody: '{}' }),
    };
    expect(copiedRequest(exchange as unknown as Exchange)).toEqual({
      method: 'POST',
      url: 'https://app.test/',
      headers: [['Accept', '*/*']],
      body: '{}',
    });
  });
});
