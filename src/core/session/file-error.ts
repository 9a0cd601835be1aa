/** A file cannot be read; the message is one sentence that names the place. */
export class FileError extends Error {}
