import { createTestServer } from '../server.ts';
import { agrees, type Experiment, formatNumber } from './experiment.ts';
import { LAB } from './index.ts';
import { rfc6202Mean } from './rfc6202.ts';

/** Everything the lab page runs on the server, and what takes minutes. */
const experiments: { id: string; source: string; run: Experiment }[] = [
  ...LAB.flatMap(({ id, source, run }) => (run ? [{ id, source, run }] : [])),
  { id: 'rfc6202Mean', source: 'RFC 6202 §2.2', run: rfc6202Mean },
];

let differing = 0;
console.log('| source | quantity | published | expected | measured | |\n| --- | --- | ---: | ---: | ---: | --- |');
for (const { source, run } of experiments) {
  const server = await createTestServer();
  for (const row of await run(server)) {
    const verdict = agrees(row) ? 'agrees' : 'DIFFERS';
    if (!agrees(row)) differing += 1;
    const cells = [source, row.what.en, row.published, formatNumber(row.expected), formatNumber(row.measured), verdict];
    console.log(`| ${cells.join(' | ')} |`);
  }
  await server.close();
}
console.log(differing === 0 ? '\nAll agree.' : `\n${differing} differ.`);
process.exit(differing === 0 ? 0 : 1);
