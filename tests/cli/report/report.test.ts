import { describe, expect, it } from 'vitest';
import { analyse } from '../../../src/cli/report/analysis.ts';
import { CHECK_TITLES } from '../../../src/cli/report/finding-words.ts';
import { analysisMarkdown } from '../../../src/cli/report/markdown.ts';
import { reportPage } from '../../../src/cli/report/page.ts';
import { reportSarif } from '../../../src/cli/report/sarif.ts';
import { play, repeat } from '../../support/timeline.ts';

const NASTY = '/news/"><script>alert(1)</script>&\'';

/** A poll a second that finds something new once in twenty times. */
const wasteful = (path: string) =>
  analyse(
    play(
      repeat(80, 1000, (i, at) => `${at}ms GET ${path} 200 ${i % 20 === 10 ? `{"events":[{"n":${i}}]}` : '[]'} 20ms`),
    ),
  );

describe('the page', () => {
  const page = reportPage(wasteful('/news'), 'run.json');

  it('tells the verdict, the advice, the what-if and the health of each channel', () => {
    expect(page).toMatch(/<strong>polling<\/strong>, \d+ % sure/);
    expect(page).toContain(CHECK_TITLES['polling-faster-than-data']);
    expect(page).toMatch(/<strong>1\. (Poll every|Use |Keep )/);
    expect(page).toContain('polling every 1.00 s (now)');
    expect(page).toContain('WebSocket</td>');
  });

  it('draws what came in, second by second', () => {
    expect(page.match(/<rect class="wasted"/g)?.length).toBeGreaterThan(60);
    expect(page).toContain('<title>10 s: 1 useful, 0 wasted, 0 messages</title>');
  });

  it('fetches nothing: no script, no image, no style sheet', () => {
    expect(page).not.toMatch(/<(script|img|iframe|object|embed)\b|<link\b|\bsrc=|url\(|@import/i);
    expect(page).toContain("default-src 'none'");
  });

  it('escapes whatever the page under test or the file is called', () => {
    const nasty = reportPage(wasteful(NASTY), '<b>"file"</b>.json');
    expect(nasty).not.toContain('<script>');
    expect(nasty).not.toContain('<b>');
    expect(nasty).toContain('&lt;script&gt;');
    expect(nasty).toContain('&lt;b&gt;&quot;file&quot;&lt;/b&gt;.json');
  });

  it('says so when there is nothing to say', () => {
    const empty = reportPage(analyse(play('')), 'empty.json');
    expect(empty).toContain('No channels');
    expect(empty).toContain('Nothing wrong was found.');
  });
});

describe('Markdown for a pull request', () => {
  it('has the best advice of each channel and everything wrong', () => {
    const text = analysisMarkdown(wasteful('/news'));
    expect(text).toMatch(/### Advice\n\n\| channel \|.*\n.*\n\| GET \/news \|/);
    expect(text).toMatch(/### Health\n\n.*\n.*\n\| warning \| Polling faster than the data changes \| GET \/news \|/);
  });

  it('keeps cells in their table whatever a URL holds', () => {
    const rows = analysisMarkdown(wasteful('/a|b'))
      .split('\n')
      .filter((line) => line.startsWith('| GET'));
    expect(rows).toHaveLength(1);
    expect(rows[0]!.replace(/\\\|/g, '').match(/\|/g)).toHaveLength(7);
  });
});

describe('SARIF', () => {
  const sarif = (path = 'out/run 1.json') =>
    JSON.parse(
      reportSarif(
        wasteful('/news'),
        [
          { budget: 'wasted<=30%', channel: null, outcome: 'broken', value: 0.95, unit: 'share', baseline: undefined },
          {
            budget: 'total:requests<=99',
            channel: null,
            outcome: 'kept',
            value: 80,
            unit: 'count',
            baseline: undefined,
          },
        ] as never,
        { version: '1.2.3', path },
      ),
    );

  it('is a log of version 2.1.0 whose results name rules that it describes', () => {
    const { version, runs } = sarif();
    expect(version).toBe('2.1.0');
    const [{ tool, results }] = runs;
    expect(tool.driver).toMatchObject({ name: 'Transport Lens', version: '1.2.3' });
    const rules = tool.driver.rules.map(({ id }: { id: string }) => id);
    expect(rules).toContain('polling-faster-than-data');
    for (const { ruleId } of results) expect(rules).toContain(ruleId);
  });

  it('has a result for each finding and each broken budget, none for those kept', () => {
    const { results } = sarif().runs[0];
    expect(results).toContainEqual(expect.objectContaining({ ruleId: 'polling-faster-than-data', level: 'warning' }));
    const budgets = results.filter(({ ruleId }: { ruleId: string }) => ruleId === 'budget');
    expect(budgets).toHaveLength(1);
    expect(budgets[0]).toMatchObject({ level: 'error', message: { text: expect.stringContaining('found 95 %') } });
  });

  it('places everything in the recording, by a URI', () => {
    const [result] = sarif().runs[0].results;
    expect(result.locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'out/run%201.json' },
      region: { startLine: 1 },
    });
  });
});
