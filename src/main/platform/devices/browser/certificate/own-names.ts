import { hostname, networkInterfaces } from 'node:os';

/** By what phones in the same network call this computer. */
export interface OwnNames {
  /** IPv4, those of virtual networks included: which one a phone reaches is not known here. */
  addresses: readonly string[];
  /** `<name>.local`, which works where this computer answers to multicast DNS. */
  localName: string | undefined;
}

export function ownNames(): OwnNames {
  const addresses = Object.values(networkInterfaces())
    .flatMap((each) => each ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address);
  return { addresses, localName: localNameOf(hostname()) };
}

/** "Annas-MacBook.fritz.box" is Annas-MacBook.local to multicast DNS; undefined: it is no name there. */
export function localNameOf(host: string): string | undefined {
  const [label = ''] = host.toLowerCase().split('.');
  const isName = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(label) && label !== 'localhost';
  return isName ? `${label}.local` : undefined;
}
