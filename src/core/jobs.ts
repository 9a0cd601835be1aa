import { absorb } from './absorb.ts';
import { keyParts } from './channel-key.ts';
import { settle } from './channel-verdict.ts';
import { type Channel, type ChannelJob, createChannel } from './channels.ts';
import { createLatencySamples } from './metrics/latency.ts';
import { rttMs } from './metrics/rtt.ts';
import type { Hint, Protocol } from './protocols/protocol.ts';
import { recogniseByHint } from './protocols/protocols.ts';
import { rejudge } from './rejudge.ts';
import { type Job, keepRoute, knownRoute, plainRoute, type Route, routeOf } from './routes.ts';
import type { Log } from './state.ts';

/** The channel that does this job, made if it is new. Channels that turn out to do the same one are merged. */
export function channelOf(log: Log, job: Job, at: number): Channel {
  const { documentKey, method, url } = job;
  const plain = plainRoute(log, job);
  if (plain !== null) return follow(log, plain, url, at);
  const hint = { url, method, subprotocol: '', contentType: null, eventName: null };
  const protocol = recogniseByHint(hint) ?? protocolAfterHandshake(log, documentKey, hint);
  const side = protocol?.side?.(hint) ?? null;
  const session = side === null ? null : sessionOf(documentKey, protocol!, hint);
  const route = knownRoute(log, job) ?? newRoute(log, job, side === null, at);
  const channel = follow(log, route, url, at);
  channel.protocol ??= protocol;
  if (side === 'handshake' && protocol!.session?.(hint)) {
    log.handshakes.set(session!, protocol!);
    // Requests whose way is known may be of its transport.
    log.routes.clear();
  }
  if (side === 'downlink') log.downlinks.set(session!, channel);
  if (side === 'uplink' && !channel.settled) {
    // What a polling or streaming transport sends up is the other side of the channel that brings its news down.
    channel.uplinkOf = log.downlinks.get(session!)?.id ?? null;
    settle(channel, 'request', { kind: 'uplink', protocol: protocol!.displayName }, at);
  }
  return channel;
}

const sessionOf = (documentKey: string | null, protocol: Protocol, hint: Hint): string =>
  `${documentKey} ${protocol.id} ${protocol.session?.(hint)}`;

/** Of a request whose own URL names no protocol: that of the handshake before it, where both belong to one transport. */
function protocolAfterHandshake(log: Log, documentKey: string | null, hint: Hint): Protocol | null {
  if (log.handshakes.size === 0) return null;
  for (const protocol of new Set(log.handshakes.values()))
    if (log.handshakes.has(sessionOf(documentKey, protocol, hint))) return protocol;
  return null;
}

function follow(log: Log, route: Route, url: string, at: number): Channel {
  const { channel } = route;
  log.channelsByJob.set(route.job, channel);
  channel.url = url;
  channel.question = route.question;
  channel.route = route;
  channel.lastAt = Math.max(channel.lastAt, at);
  return channel;
}

/** `isWhole`: its protocol does not make one transport of several requests, which the URL of each would tell apart. */
function newRoute(log: Log, job: Job, isWhole: boolean, at: number): Route {
  const { documentKey, method, url, requestText } = job;
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
  const jobKey = key.slice(key.indexOf(' '));
  channel ??= documentKey === null ? log.channelsByJob.get(jobKey) : undefined;
  channel ??= create(log, { documentKey, method, url, operation: parts.operation }, at);
  log.channelsByKey.set(key, channel);
  const route = routeOf(job, parts.query, jobKey, channel, isWhole);
  if (parts.operation === null && log.families.isSettled(parts)) keepRoute(log, route);
  return route;
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
  rejudge(into, log.history.exchanges.of(into.id), rttMs(log.rtt, into.origin));
  log.routes.clear();
}
