import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/cli/budget/judge.ts';
import { channelGrid, channelMarkdown } from '../../src/cli/format/channels.ts';
import { findingGrid, findingJunit, findingMarkdown } from '../../src/cli/format/findings.ts';
import { grid } from '../../src/cli/format/grid.ts';
import { bytes, duration, percent } from '../../src/cli/format/numbers.ts';
import { channel, figure } from './channel.ts';

const FINDING: Finding = {
  budget: 'wasted<=30%',
  channel: { id: 1, method: 'GET', urlTemplate: '/a?b=<c>&d', sampleUrl: 'https://a.test/a' },
  outcome: 'broken',
  value: 0.725,
  unit: 'share',
  baseline: undefined,
};

describe('numbers', () => {
  it('keep three figures or so, with their unit', () => {
    expect([0, 999, 1000, 12_345, 2_500_000].map(bytes)).toEqual(['0 B', '999 B', '1.0 kB', '12.3 kB', '2.5 MB']);
    expect([0.04, 9.94, 12, 999, 1500].map(duration)).toEqual(['0.0 ms', '9.9 ms', '12 ms', '999 ms', '1.50 s']);
    expect([0, 0.004, 0.5, 1].map(percent)).toEqual(['0 %', '0.4 %', '50 %', '100 %']);
  });
});

describe('a table', () => {
  const columns = [
    { title: 'url', align: 'left' },
    { title: 'n', align: 'right' },
  ] as const;

  it('lines its columns up, East Asian text as well', () => {
    expect(
      grid(
        columns,
        [
          ['/안녕', '1'],
          ['/news', '100'],
        ],
        null,
      ),
    ).toBe('url       n\n/안녕     1\n/news   100');
  });

  it('cuts its longest column in the middle to fit a terminal', () => {
    const [, line] = grid(columns, [[`/${'long'.repeat(20)}`, '1']], 30).split('\n');
    expect(line).toHaveLength(30);
    expect(line).toMatch(/^\/long.*….*long +1$/);
  });
});

describe('channels', () => {
  it('are a line each, with marks for what is not certain', () => {
    const unsure = channel({
      verdict: { ...channel().verdict, provisional: true },
      latency: { ...channel().latency, p95: figure(null) },
    });
    const [head, line] = channelGrid([unsure], null).split('\n');
    expect(head).toMatch(
      /^transport +method +url +protocol +requests +messages +wasted +headers +payload +latency p95 +sure$/,
    );
    expect(line).toMatch(/^polling \? +GET +\/news +– +12 +4 ↓ 0 ↑ +8 \(73 %\) +7\.8 kB +\d+ B +– +\d+ %$/);
  });

  it('are said to be none', () => {
    expect(channelGrid([], 80)).toBe('No channels: nothing of what was recorded can bring news.');
  });

  it('are a table in Markdown that no URL can break', () => {
    expect(channelMarkdown([channel({ urlTemplate: '/a|b_<c>' })]).split('\n')[2]).toContain('| /a\\|b\\_\\<c\\> |');
  });
});

describe('findings', () => {
  it('are a line each and a sentence', () => {
    const table = findingGrid([FINDING, { ...FINDING, channel: null, outcome: 'unknown', value: null }], null);
    expect(table).toMatch(/^wasted<=30% +GET \/a\?b=<c>&d +73 % +BROKEN$/m);
    expect(table).toMatch(/^wasted<=30% +total +– +unknown$/m);
    expect(table).toMatch(/\n0 kept, 1 broken, 1 unknown\.$/);
  });

  it('have a column for the baseline when there is one', () => {
    expect(findingGrid([FINDING], null)).not.toContain('baseline');
    expect(findingGrid([{ ...FINDING, baseline: 0.7, outcome: 'no-worse' }], null)).toMatch(
      /baseline.*\n.*73 % +70 % +broken, no worse/,
    );
    expect(findingMarkdown([FINDING])).toContain('| wasted\\<=30% |');
  });

  it('are JUnit’s XML', () => {
    const xml = findingJunit([
      FINDING,
      { ...FINDING, outcome: 'kept' },
      { ...FINDING, outcome: 'unknown', budget: 'p95-latency<=1s' },
    ]);
    expect(xml).toContain('<testsuites name="Transport Lens" tests="3" failures="1">');
    expect(xml).toContain('<testsuite name="wasted&lt;=30%" tests="2" failures="1" skipped="0">');
    expect(xml).toContain('name="GET /a?b=&lt;c&gt;&amp;d"><failure message="wasted&lt;=30%: found 73 %"/></testcase>');
    expect(xml).toContain('<skipped message="the value is unknown"/>');
    expect(findingJunit([{ ...FINDING, budget: 'a\u0000b' }])).not.toContain('\u0000');
  });
});
