/**
 * Resolves a URL as a page wrote it against its base, and drops the fragment.
 * What is no URL stays as it is: it is shown, never fetched.
 */
export function resolveUrl(url: string, base: string): string {
  try {
    const resolved = new URL(url, base);
    resolved.hash = '';
    return resolved.href;
  } catch {
    return url;
  }
}
