/** `wss` of `wss://host/path`; '' of what is no absolute URL. */
export const schemeOf = (url: string): string => /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase() ?? '';

/** `host` of `https://user@host:8080/path`; '' of what is no absolute URL. */
export const hostOf = (url: string): string => /^[a-z][a-z0-9+.-]*:\/\/(?:[^/@]*@)?([^/:?#]*)/i.exec(url)?.[1] ?? '';
