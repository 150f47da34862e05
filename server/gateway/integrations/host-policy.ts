import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { BlockList, isIP, type LookupFunction } from 'node:net';
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
export const toPlainHost = (hostname: string) => hostname.replace(/^\[|\]$/g, '').toLowerCase();

interface HostPolicyOptions {
  /** Hosts that the administrator has named, which may be private. */
  readonly named: readonly string[];
  readonly allowsLoopback: boolean;
  /** Finds the addresses of a name. Default: as the system does. */
  readonly lookUp?: (name: string) => Promise<readonly LookupAddress[]>;
}

/** Which hosts the studio may open connections to for the people who use it. */
export class HostPolicy {
  readonly #options: HostPolicyOptions;
  readonly #named: ReadonlySet<string>;

  constructor(options: HostPolicyOptions) {
    this.#options = options;
    this.#named = new Set(options.named.map(toPlainHost));
  }

  /** A policy that allows one host more. */
  with(hostname: string): HostPolicy {
    return new HostPolicy({ ...this.#options, named: [...this.#named, hostname] });
  }

  /** True for hosts that may have any address. */
  isNamed(hostname: string): boolean {
    return this.#named.has(toPlainHost(hostname));
  }

  /**
   * The address to connect to for a host. Throws an `IntegrationError` when it is on a private network that the
   * administrator has not named.
   */
  async resolve(hostname: string): Promise<string> {
    const [{ address }] = await this.#resolveAll(hostname);
    return address;
  }

  /** `resolve` as sockets take it (`lookup` of `net.connect`): they connect to the addresses that it has checked. */
  readonly lookup: LookupFunction = (hostname, { all }, callback) => {
    this.#resolveAll(hostname).then(
      (addresses) => (all ? callback(null, addresses) : callback(null, addresses[0].address, addresses[0].family)),
      (error: NodeJS.ErrnoException) => callback(error, []),
    );
  };

  async #resolveAll(hostname: string): Promise<[LookupAddress, ...LookupAddress[]]> {
    const { allowsLoopback, lookUp = (host) => lookup(host, { all: true }) } = this.#options;
    const name = toPlainHost(hostname);
    const [first, ...others] = isIP(name) ? [{ address: name, family: isIP(name) }] : await lookUp(name);
    if (first === undefined) throw new IntegrationError('unreachable', `The host ${name} has no address.`);
    if (this.isNamed(name)) return [first, ...others];
    const isRefused = ({ address }: LookupAddress) => {
      // `::ffff:10.0.0.1` is 10.0.0.1.
      const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
      return contains(loopback, plain) ? !allowsLoopback : contains(privateNetworks, plain);
    };
    if ([first, ...others].some(isRefused)) {
      throw new IntegrationError(
        'refused',
        `${name} is on a private network. The administrator of this studio can allow it with STUDIO_DATABASE_HOSTS.`,
      );
    }
    return [first, ...others];
  }
}
