import type { Estimate } from '../../core/simulate/estimate.ts';
import { bytes, duration, figure, NONE, percent } from '../format/numbers.ts';
import type { AnalysedChannel, Analysis } from './analysis.ts';
import { shareBar, timeChart } from './charts.ts';
import { FIXES, findingWords, SEVERITIES } from './finding-words.ts';
import { type Html, html, link } from './html.ts';
import { STYLE } from './style.ts';
import { placeOf, rounded } from './text.ts';
import type { WhatIfRow } from './what-if.ts';
import { adviceWords, CAVEATS, changeWords, choiceWords, TRANSPORTS } from './words.ts';

/** A recording as one page that needs nothing but itself: verdicts, charts, what-if, advice and health. @param name of the file it was read from */
export function reportPage(analysis: Analysis, name: string): string {
  const { startedAt, endedAt, channels, findings } = analysis;
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Transport Lens: ${name}</title>${STYLE}</head><body>
<h1>How this page gets its news</h1>
<p class="dim">${name}, recorded ${new Date(startedAt).toISOString()}, ${duration(endedAt - startedAt)} long</p>
<h2>Health</h2>
${findings.length === 0 ? html`<p>Nothing wrong was found.</p>` : null}
${findings.map((finding) => {
  const { title, evidence } = findingWords(finding);
  return html`<div class="finding ${finding.severity}"><p><strong>${title}</strong> <span class="dim">${SEVERITIES[finding.severity]}</span></p>
<p>${evidence}</p><p class="dim"><code>${finding.channelIds.map((id) => placeOf(analysis, id)).join(', ')}</code></p>
<p>Repair: ${finding.fixes.map((fix) => FIXES[fix]).join('; ')}. ${finding.links.map(({ url, label }) => html`${link(url, label)} `)}</p></div>`;
})}
<h2>Channels</h2>
${channels.length === 0 ? html`<p>No channels: nothing of what was recorded can bring news.</p>` : html`<p><span class="key useful">useful</span> <span class="key wasted">in vain</span> <span class="key message">messages</span></p>`}
${channels.map((channel) => channelArticle(channel, analysis))}
</body></html>
`;
  return page.text;
}

function channelArticle({ report, series, advice, whatIf }: AnalysedChannel, { startedAt, endedAt }: Analysis): Html {
  const { transport, verdict, protocol, requests, useful, wastedTotal, messages, latency } = report;
  const sure =
    transport === null ? '' : `, ${percent(verdict.confidence)} sure${verdict.provisional ? ', provisional' : ''}`;
  return html`<article id="channel-${report.id}"><h3>${report.method} ${report.sampleUrl.split('?', 1)[0]!}</h3>
<p><strong>${transport === null ? 'undecided' : TRANSPORTS[transport]}</strong>${sure}${protocol === null ? '' : `, ${protocol}`}</p>
<p class="dim">${requests} requests, ${useful} useful, ${wastedTotal} in vain; ${messages.received} messages in, ${messages.sent} out;
${figure(report.bytes.wire, bytes)} on the wire; latency p95 ${figure(latency.p95, duration)}</p>
${timeChart(series, startedAt, endedAt)}
${advice.map((one, i) => {
  const { title, reason } = adviceWords(one);
  const change = changeWords(one);
  const { requestsPerHour, bytesPerHour, stalenessMs } = one.saving;
  return html`<p><strong>${i + 1}. ${title}.</strong> ${reason}</p>
<p class="dim">Saves ${range(requestsPerHour, rounded)} requests and ${range(bytesPerHour, bytes)} an hour; news arrives after ${maybe(stalenessMs.to)} (now ${maybe(stalenessMs.from)}); effort: ${one.effort}.
${change === null ? null : html`It would be otherwise if ${change}.`} ${one.caveats.map((id) => html`${CAVEATS[id]} `)}
${one.links.map(({ url, label }) => html`${link(url, label)} `)}</p>`;
})}
${whatIf.length === 0 ? null : whatIfTable(whatIf)}</article>`;
}

function whatIfTable(rows: readonly WhatIfRow[]): Html {
  const most = rows.reduce((max, { pointsPerHour }) => Math.max(max, pointsPerHour), 0);
  return html`<div class="scroll"><table><thead><tr><th>The same events over</th><th>requests/h</th><th>bytes/h</th><th>mean delay</th><th>cost</th><th></th></tr></thead><tbody>
${rows.map(
  (
    row,
  ) => html`<tr class="${row.isPresent ? 'present' : ''}"><td>${choiceWords(row.choice)}${row.isPresent ? ' (now)' : ''}</td>
<td>${range(row.requestsPerHour, rounded)}</td><td>${range(row.bytesPerHour, bytes)}</td><td>${maybe(row.latencyMs)}</td><td>${rounded(row.pointsPerHour)}</td>
<td>${shareBar(row.pointsPerHour, most, row.isPresent ? 'message' : 'useful')}</td></tr>`,
)}</tbody></table></div>
<p class="dim">Cost is in points: one is what a request costs server, network and battery. In brackets: between what is as cheap and as dear as what is not known may be.</p>`;
}

const maybe = (estimate: Estimate | null): string => (estimate === null ? NONE : range(estimate, duration));

/** The value, and its bounds where they would be written otherwise. */
function range({ value, low, high }: Estimate, write: (value: number) => string): string {
  const [probable, least, most] = [write(value), write(low), write(high)];
  return least === probable && most === probable ? probable : `${probable} (${least} to ${most})`;
}
