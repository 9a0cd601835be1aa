import { close, formatAndLint, tests, types } from './steps.ts';

close([formatAndLint(), types(), tests('unit')]);
