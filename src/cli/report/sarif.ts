import type { CheckId, Finding } from '../../core/health/checks.ts';
import type { Severity } from '../../core/health/finding.ts';
import type { Finding as BudgetFinding } from '../budget/judge.ts';
import { reading } from '../format/numbers.ts';
import type { Analysis } from './analysis.ts';
import { CHECK_TITLES, FIXES, findingWords } from './finding-words.ts';
import { placeOf } from './text.ts';

/** https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html §3.27.10 */
const LEVELS: Record<Severity, 'error' | 'warning' | 'note'> = { error: 'error', warning: 'warning', info: 'note' };
const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json';
const BUDGET_RULE = 'budget';

interface Result {
  ruleId: string;
  level: 'error' | 'warning' | 'note';
  message: { text: string };
  locations: unknown[];
  /** So that a second run finds its findings again (§3.27.16). */
  partialFingerprints: { 'transportLens/v1': string };
}

/** Health findings and broken budgets for code scanning, SARIF 2.1.0. @param path of the recording, relative to the repository */
export function reportSarif(
  analysis: Analysis,
  budgets: readonly BudgetFinding[],
  { version, path }: { version: string; path: string },
): string {
  const results = [
    ...analysis.findings.map((finding) => healthResult(finding, analysis, path)),
    ...budgets.filter(({ outcome }) => outcome === 'broken').map((finding) => budgetResult(finding, path)),
  ];
  const used = new Set(results.map(({ ruleId }) => ruleId));
  const rules = [
    ...(Object.keys(CHECK_TITLES) as CheckId[]).map((id) => ({
      id,
      shortDescription: { text: `${CHECK_TITLES[id]}.` },
    })),
    { id: BUDGET_RULE, shortDescription: { text: 'A budget is broken.' } },
  ].filter(({ id }) => used.has(id));
  const driver = { name: 'Transport Lens', version, rules };
  return JSON.stringify({ $schema: SCHEMA, version: '2.1.0', runs: [{ tool: { driver }, results }] }, null, 2);
}

function healthResult(finding: Finding, analysis: Analysis, path: string): Result {
  const { title, evidence } = findingWords(finding);
  const places = finding.channelIds.map((id) => placeOf(analysis, id));
  const repair = finding.fixes.map((fix) => FIXES[fix]).join('; ');
  return {
    ruleId: finding.check,
    level: LEVELS[finding.severity],
    message: { text: `${title} (${places.join(', ')}). ${evidence} Repair: ${repair}.` },
    locations: [locationOf(path, places)],
    partialFingerprints: { 'transportLens/v1': `${finding.check} ${places.join(' ')}` },
  };
}

function budgetResult({ budget, channel, value, unit }: BudgetFinding, path: string): Result {
  const place = channel === null ? 'total' : `${channel.method} ${channel.urlTemplate}`;
  return {
    ruleId: BUDGET_RULE,
    level: 'error',
    message: { text: `${budget}: found ${reading(value, unit)} (${place}).` },
    locations: [locationOf(path, [place])],
    partialFingerprints: { 'transportLens/v1': `${budget} ${place}` },
  };
}

/** Code scanning wants a file and a line: the recording, at its head. */
const locationOf = (path: string, places: readonly string[]) => ({
  physicalLocation: { artifactLocation: { uri: encodeURI(path.replaceAll('\\', '/')) }, region: { startLine: 1 } },
  logicalLocations: places.map((name) => ({ fullyQualifiedName: name, kind: 'resource' })),
});
