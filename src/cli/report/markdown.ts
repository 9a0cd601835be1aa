import { markdownTable } from '../format/grid.ts';
import { bytes, duration, NONE } from '../format/numbers.ts';
import type { Analysis } from './analysis.ts';
import { FIXES, findingWords, SEVERITIES } from './finding-words.ts';
import { placeOf, rounded } from './text.ts';
import { adviceWords } from './words.ts';

const left = (title: string) => ({ title, align: 'left' as const });
const right = (title: string) => ({ title, align: 'right' as const });

const ADVICE = [
  left('channel'),
  left('advice'),
  left('why'),
  right('requests/h saved'),
  right('bytes/h saved'),
  right('delay then'),
];
const HEALTH = [left(''), left('found'), left('channel'), left('evidence'), left('repair')];

/** Advice and health of a recording for a pull request: the best advice of each channel, and everything wrong. */
export function analysisMarkdown(analysis: Analysis): string {
  const advice = analysis.channels.flatMap(({ report, advice: [best] }) => {
    if (best === undefined) return [];
    const { title, reason } = adviceWords(best);
    const { requestsPerHour, bytesPerHour, stalenessMs } = best.saving;
    const saved = [rounded(requestsPerHour.value), bytes(bytesPerHour.value)];
    const delay = stalenessMs.to === null ? NONE : duration(stalenessMs.to.value);
    return [[placeOf(analysis, report.id), title, reason, ...saved, delay]];
  });
  const findings = analysis.findings.map((finding) => {
    const { title, evidence } = findingWords(finding);
    const places = finding.channelIds.map((id) => placeOf(analysis, id)).join(', ');
    return [SEVERITIES[finding.severity], title, places, evidence, finding.fixes.map((fix) => FIXES[fix]).join('; ')];
  });
  return [
    '### Advice',
    advice.length === 0 ? 'No channel was watched long enough to advise on.' : markdownTable(ADVICE, advice),
    '### Health',
    findings.length === 0 ? 'Nothing wrong was found.' : markdownTable(HEALTH, findings),
  ].join('\n\n');
}
