/** The command line cannot be read; the message is one sentence. */
export class UsageError extends Error {}

/** What was asked for cannot be done; the message is one sentence. */
export class CliError extends Error {}
