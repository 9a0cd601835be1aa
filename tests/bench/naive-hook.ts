/**
 * What a typical extension injects: wrapper functions, a clone of every response, a message to the window for everything.
 * Text, because the runner's compiler turns functions into arrows, which are no constructors.
 */
export const NAIVE_HOOK = `
  const tell = (what) => window.postMessage({ source: 'naive', ...what }, '*');
  const { fetch: nativeFetch, WebSocket: NativeSocket, EventSource: NativeSource } = window;
  window.fetch = async (...args) => {
    const response = await nativeFetch(...args);
    response.clone().text().then((text) => tell({ url: response.url, text }), () => {});
    return response;
  };
  window.WebSocket = function (url, protocols) {
    const socket = new NativeSocket(url, protocols ?? []);
    socket.addEventListener('message', ({ data }) => tell({ data, at: Date.now() }));
    return socket;
  };
  window.EventSource = function (url) {
    const source = new NativeSource(url);
    source.addEventListener('message', ({ data }) => tell({ data, at: Date.now() }));
    return source;
  };
  const { close } = NativeSource.prototype;
  NativeSource.prototype.close = function (...args) {
    tell.called = (tell.called ?? 0) + 1;
    return close.apply(this, args);
  };`;
