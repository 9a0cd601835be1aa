import { absorb } from './absorb.ts';
import { isSameQuery, keyParts, lastingQuery, placeOf, questionOf, type UrlTemplate } from './channel-key.ts';
import { settle } from './channel-verdict.ts';
import { type Channel, type ChannelJob, createChannel } from './channels.ts';
import { discriminatorOf } from './discriminator.ts';
import { createLatencySamples } from './metrics/latency.ts';
import { rttMs } from './metrics/rtt.ts';
import { recogniseByHint } from './protocols/protocols.ts';
import type { Log } from './state.ts';

/** What decides to which channel a request or connection belongs. */
export interface Job {
  documentKey: string | null;
  method: string;
  url: string;
  /** Head of the request's body. */
  requestText: string | null;
}

/** The channel that does this job, made if it is new. Channels that turn out to do the same one are merged. */
export function channelOf(log: Log, job: Job, at: number): Channel {
  const { documentKey, method, url } = job;
  const hint = { url, method, subprotocol: '', contentType: null, eventName: null };
  const protocol = recogniseByHint(hint);
  const side = protocol?.side?.(hint) ?? null;
  const session = side === null ? null : `${documentKey} ${protocol!.id} ${protocol!.session?.(hint)}`;
  const channel = channelByKey(log, job, at);
  channel.protocol ??= protocol;
  if (side === 'downlink') log.downlinks.set(session!, channel);
  if (side === 'uplink' && !channel.settled) {
    // What a polling or streaming transport sends up is the other side of the channel that brings its news down.
    channel.uplinkOf = log.downlinks.get(session!)?.id ?? null;
    settle(channel, 'request', { kind: 'uplink', protocol: protocol!.displayName }, at);
  }
  return channel;
}

function channelByKey(log: Log, job: Job, at: number): Channel {
  const route = knownRoute(log, job);
  const channel = route?.channel ?? newRoute(log, job, at);
  channel.url = job.url;
  channel.question = route?.question ?? questionOf(job.url);
  channel.lastAt = Math.max(channel.lastAt, at);
  return channel;
}

/** The way that requests to one place went last; taken again as long as they say the same, it saves most of what finding it costs. */
export interface Route {
  documentKey: string | null;
  method: string;
  query: UrlTemplate['query'];
  question: string;
  /** Whatever document does it. */
  job: string;
  channel: Channel;
}

function knownRoute(log: Log, { documentKey, method, url, requestText }: Job): Route | null {
  const place = placeOf(url);
  const route = place === null ? undefined : log.routes.get(place.bare);
  if (route === undefined || route.documentKey !== documentKey || route.method !== method) return null;
  if (!isSameQuery(route.query, lastingQuery(url, place!)) || discriminatorOf(url, requestText) !== null) return null;
  log.channelsByJob.set(route.job, route.channel);
  return route;
}

/** Places whose route is kept. */
const MAX_ROUTES = 2000;

function newRoute(log: Log, { documentKey, method, url, requestText }: Job, at: number): Channel {
  const parts = keyParts(documentKey, method, url, requestText);
  const { key, merged } = log.families.keyOf(parts);
  let channel = log.channelsByKey.get(key);
  for (const old of merged) {
    const same = log.channelsByKey.get(old);
    if (same === undefined) continue;
    log.channelsByKey.delete(old);
    if (channel === undefined) channel = same;
    else mergeChannels(log, channel, same);
  }
  // A request that no hook saw but whose like a document of the tab makes is most likely that document's.
  const job = key.slice(key.indexOf(' '));
  channel ??= documentKey === null ? log.channelsByJob.get(job) : undefined;
  channel ??= create(log, { documentKey, method, url, operation: parts.operation }, at);
  log.channelsByKey.set(key, channel);
  log.channelsByJob.set(job, channel);
  const place = placeOf(url);
  if (place !== null && parts.operation === null && log.families.isSettled(parts)) {
    if (log.routes.size >= MAX_ROUTES) log.routes.clear();
    log.routes.set(place.bare, { documentKey, method, query: parts.query, question: questionOf(url), job, channel });
  }
  return channel;
}

function create(log: Log, job: ChannelJob, at: number): Channel {
  const channel = createChannel(++log.lastId, job, at);
  if (log.stampName !== null) channel.latency = createLatencySamples(log.stampName);
  log.channels.push(channel);
  return channel;
}

function mergeChannels(log: Log, into: Channel, from: Channel): void {
  absorb(into, from, rttMs(log.rtt, into.origin));
  log.channels.splice(log.channels.indexOf(from), 1);
  for (const [session, channel] of log.downlinks) if (channel === from) log.downlinks.set(session, into);
  for (const [job, channel] of log.channelsByJob) if (channel === from) log.channelsByJob.set(job, into);
  for (const known of [...log.exchanges.values(), ...log.connections.values()])
    if (known.channel === from) known.channel = into;
  for (const connection of log.history.connections)
    if (connection.channelId === from.id) connection.channelId = into.id;
  log.history.exchanges.move(from.id, into.id);
  log.history.messages.move(from.id, into.id);
  log.routes.clear();
}
