/** The ways the server delivers its news. The names are the panel's transports (DESIGN vocabulary). */
export const TECHNIQUES = [
  'polling',
  'long-polling',
  'sse',
  'http-stream',
  'websocket',
  'telemetry',
  'navigation',
  'request',
] as const;

export type Technique = (typeof TECHNIQUES)[number];

/** Techniques that carry the schedule's events; the others are one-off exchanges. */
export const DELIVERING = ['polling', 'long-polling', 'sse', 'http-stream', 'websocket'] as const;
export type Delivering = (typeof DELIVERING)[number];

const PATHS: Record<string, Technique> = {
  '/poll': 'polling',
  '/long-poll': 'long-polling',
  '/sse': 'sse',
  '/stream': 'http-stream',
  '/ws': 'websocket',
  '/beacon': 'telemetry',
  '/postback': 'navigation',
  '/ajax': 'request',
};

/** The technique a request path belongs to, or null for pages, assets and the control routes. */
export const techniqueOfPath = (path: string): Technique | null => PATHS[path] ?? null;

export const isDelivering = (technique: Technique): technique is Delivering =>
  (DELIVERING as readonly string[]).includes(technique);
