/** A refusal to be sent as JSON: `{"error":{"status","field","message"}}`. `field` names the input at fault. */
export class HttpError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly field: string | null = null,
    readonly details: Record<string, unknown> = {},
    readonly headers: Record<string, string> = {},
  ) {
    super(message);
  }

  get body(): string {
    return JSON.stringify({
      error: { status: this.status, field: this.field, message: this.message, ...this.details },
    });
  }
}
