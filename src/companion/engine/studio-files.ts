/** What the studio keeps for this phone: files to read, and messages to send back. */
export interface StudioFiles {
  /** undefined: there is none. @throws when neither the studio nor what is kept offline answers. */
  read(name: string): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** Resolves to false when the studio can't be reached or refuses it. */
  send(path: string, message: object): Promise<boolean>;
}

/** By this page's server; what was read before is there without it, by the service worker. */
export function openStudioFiles(): StudioFiles {
  return {
    async read(name) {
      const answer = await fetch(`/files/${name}`);
      if (answer.status === 404) return undefined;
      if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
      return new Uint8Array(await answer.arrayBuffer());
    },
    send: (path, message) =>
      fetch(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(message),
      }).then(
        ({ ok }) => ok,
        () => false,
      ),
  };
}
