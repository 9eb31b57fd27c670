export interface MdnsService {
  name: string;
  /** "_adb-tls-pairing._tcp", on some versions with a dot at its end. */
  type: string;
  /** `host:port`. */
  address: string;
}

/** What adb answers to `mdns:services`: a line a service, its three parts apart by tabs or spaces. */
export function readMdnsServices(text: string): MdnsService[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const [name, type, address] = line.trim().split(/\s+/);
    return name && type && address && /:\d+$/.test(address) ? [{ name, type, address }] : [];
  });
}
