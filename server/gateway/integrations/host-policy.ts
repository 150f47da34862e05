import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { IntegrationError } from './integration-error.ts';

/** Networks that only this machine's surroundings reach: what answers there was not meant for whoever uses the studio. */
const PRIVATE_V4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const;
const PRIVATE_V6 = [
  // Among them addresses that hold an IPv4 address: compatible ones, those of NAT64 and of 6to4.
  ['::', 96],
  ['64:ff9b::', 96],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const;

const privateNetworks = new BlockList();
for (const [network, prefix] of PRIVATE_V4) privateNetworks.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of PRIVATE_V6) privateNetworks.addSubnet(network, prefix, 'ipv6');
const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

const contains = (list: BlockList, address: string) => list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** True for the names and addresses by which a machine reaches itself. */
export function isLoopback(hostname: string): boolean {
  const name = toPlainHost(hostname);
  return name === 'localhost' || (isIP(name) !== 0 && contains(loopback, name));
}

/** A URL's hostname as resolvers write it: IPv6 without brackets. */
const toPlainHost = (hostname: string) => hostname.replace(/^\[|\]$/g, '').toLowerCase();

/** Which hosts the studio may open connections to for the people who use it. */
export class HostPolicy {
  readonly #named: ReadonlySet<string>;
  readonly #allowsLoopback: boolean;

  /** `named`: hosts that the administrator has named, which may be private. */
  constructor(options: { readonly named: readonly string[]; readonly allowsLoopback: boolean }) {
    this.#named = new Set(options.named.map(toPlainHost));
    this.#allowsLoopback = options.allowsLoopback;
  }

  /** A policy that allows one host more. */
  with(hostname: string): HostPolicy {
    return new HostPolicy({ named: [...this.#named, hostname], allowsLoopback: this.#allowsLoopback });
  }

  /**
   * The address to connect to for a host. Throws an `IntegrationError` when it is on a private network that the
   * administrator has not named.
   */
  async resolve(hostname: string): Promise<string> {
    const name = toPlainHost(hostname);
    const addresses = isIP(name) ? [name] : (await lookup(name, { all: true })).map(({ address }) => address);
    const [first] = addresses;
    if (first === undefined) throw new IntegrationError('unreachable', `The host ${name} has no address.`);
    if (this.#named.has(name)) return first;
    // `::ffff:10.0.0.1` is 10.0.0.1.
    const plain = addresses.map((address) => address.replace(/^::ffff:(?=\d+\.)/i, ''));
    const isRefused = (address: string) =>
      contains(loopback, address) ? !this.#allowsLoopback : contains(privateNetworks, address);
    if (plain.some(isRefused)) {
      throw new IntegrationError(
        'refused',
        `${name} is on a private network. The administrator of this studio can allow it with STUDIO_DATABASE_HOSTS.`,
      );
    }
    return first;
  }
}
