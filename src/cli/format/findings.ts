import type { Finding, Outcome } from '../budget/judge.ts';
import { type Column, grid, markdownTable } from './grid.ts';
import { reading } from './numbers.ts';

const WORDS: Record<Outcome, string> = {
  kept: 'ok',
  broken: 'BROKEN',
  unknown: 'unknown',
  'no-worse': 'broken, no worse than the baseline',
};

const COLUMNS: (Column & { of(finding: Finding): string })[] = [
  { title: 'budget', align: 'left', of: ({ budget }) => budget },
  { title: 'channel', align: 'left', of: placeOf },
  { title: 'value', align: 'right', of: ({ value, unit }) => reading(value, unit) },
  { title: 'baseline', align: 'right', of: ({ baseline, unit }) => reading(baseline, unit) },
  { title: '', align: 'left', of: ({ outcome }) => WORDS[outcome] },
];

function placeOf({ channel }: Finding): string {
  return channel === null ? 'total' : `${channel.method} ${channel.urlTemplate}`;
}

const shownColumns = (findings: readonly Finding[]) =>
  COLUMNS.filter(({ title }) => title !== 'baseline' || findings.some(({ baseline }) => baseline !== undefined));

/** One sentence that says how it went. */
export function summaryOf(findings: readonly Finding[]): string {
  const of = (outcome: Outcome) => findings.filter((finding) => finding.outcome === outcome).length;
  const parts = [
    `${of('kept')} kept`,
    `${of('broken')} broken`,
    ...(of('no-worse') > 0 ? [`${of('no-worse')} broken, but no worse than the baseline`] : []),
    ...(of('unknown') > 0 ? [`${of('unknown')} unknown`] : []),
  ];
  return findings.length === 0 ? 'No channel that a budget is for was found.' : `${parts.join(', ')}.`;
}

export function findingGrid(findings: readonly Finding[], width: number | null): string {
  if (findings.length === 0) return summaryOf(findings);
  const columns = shownColumns(findings);
  const rows = findings.map((finding) => columns.map(({ of }) => of(finding)));
  return `${grid(columns, rows, width)}\n\n${summaryOf(findings)}`;
}

export function findingMarkdown(findings: readonly Finding[]): string {
  if (findings.length === 0) return summaryOf(findings);
  const columns = shownColumns(findings);
  const rows = findings.map((finding) => columns.map(({ of }) => of(finding)));
  return `${markdownTable(columns, rows)}\n\n${summaryOf(findings)}`;
}

/** JUnit's XML, which CI servers show: a test suite a budget, a test case a channel. Unknown is skipped, not passed. */
export function findingJunit(findings: readonly Finding[]): string {
  const budgets = [...new Set(findings.map(({ budget }) => budget))];
  const suites = budgets.map((budget) => {
    const own = findings.filter((finding) => finding.budget === budget);
    const count = (outcome: Outcome) => own.filter((finding) => finding.outcome === outcome).length;
    const attributes = `name="${escapeXml(budget)}" tests="${own.length}" failures="${count('broken')}" skipped="${count('unknown')}"`;
    return `  <testsuite ${attributes}>\n${own.map(caseOf).join('\n')}\n  </testsuite>`;
  });
  const broken = findings.filter(({ outcome }) => outcome === 'broken').length;
  const attributes = `name="Transport Lens" tests="${findings.length}" failures="${broken}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites ${attributes}>\n${suites.join('\n')}\n</testsuites>`;
}

function caseOf(finding: Finding): string {
  const { budget, outcome, value, unit } = finding;
  const open = `    <testcase classname="${escapeXml(budget)}" name="${escapeXml(placeOf(finding))}"`;
  const found = `${budget}: found ${reading(value, unit)}`;
  if (outcome === 'broken') return `${open}><failure message="${escapeXml(found)}"/></testcase>`;
  return outcome === 'unknown' ? `${open}><skipped message="the value is unknown"/></testcase>` : `${open}/>`;
}

const ESCAPES: Record<string, string> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;', "'": '&apos;' };

/** Control characters, which XML 1.0 has no way to write, become spaces. */
const escapeXml = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  text.replace(/[\u0000-\u001f\ufffe\uffff]/g, ' ').replace(/[<>&"']/g, (char) => ESCAPES[char]!);
