/** What of this page's requests is kept, and which of the two is asked first. */
export type Keeping =
  /** Never changes under its name: what is kept is as good as new. */
  | 'kept-first'
  /** The studio's word counts; what is kept is for when it does not answer. */
  | 'studio-first'
  | 'never';

/** @param path of a GET request to this page's own server. */
export function keepingOf(path: string): Keeping {
  // Test photos are there to be answered once.
  if (path.startsWith('/files/photos/')) return 'never';
  if (path.startsWith('/assets/') || path.startsWith('/litert/')) return 'kept-first';
  if (/^\/files\/(golden\/)?[0-9a-f]{64}\.(?!json$)[a-z0-9]+$/.test(path)) return 'kept-first';
  if (path === '/' || path.startsWith('/files/')) return 'studio-first';
  return 'never';
}

/** Models and requests that a new manifest does not name any more, by their paths. */
export function outdated(kept: readonly string[], manifest: string): string[] {
  return kept.filter((path) => {
    const named = /^\/files\/([0-9a-f]{64}|requests\/[\w-]+)\./.exec(path)?.[1];
    return named !== undefined && !manifest.includes(named);
  });
}

/** What an older page was made of, by its path. @param page the HTML of the one that is there now. */
export function outdatedParts(kept: readonly string[], page: string): string[] {
  return kept.filter((path) => /^\/(assets|litert)\//.test(path) && !page.includes(path.slice(1)));
}
