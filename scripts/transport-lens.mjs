#!/usr/bin/env node
// The command `transport-lens`: the same as `npm run lens --`, from whatever folder it is called in.
process.env.INIT_CWD = process.cwd();
process.argv.splice(2, 0, 'scripts/lens.ts');
await import('./bootstrap.mjs');
