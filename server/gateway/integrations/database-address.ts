import type { DatabaseKind } from '../../../src/api/contracts/integrations.ts';
import { DATABASES } from '../../../src/api/contracts/integrations.ts';
import { isLoopback } from './host-policy.ts';
import { IntegrationError } from './integration-error.ts';

const TLS_MODES = ['disable', 'require', 'verify-full'] as const;
export type TlsMode = (typeof TLS_MODES)[number];

const HOSTNAME = /^(?:[a-z0-9](?:[a-z0-9._-]{0,252}[a-z0-9])?|\[[0-9a-f:.]+\])$/i;
const DATABASE_NAME = /^[^\0/\\]{0,63}$/;

const refuse = (message: string) => new IntegrationError('refused', message);

/** The address of a database, taken apart: drivers get these fields and never the text that somebody typed. */
export interface DatabaseAddress {
  /** As it is stored and shown: without a password. */
  readonly href: string;
  readonly protocol: string;
  readonly hostname: string;
  readonly port: number | undefined;
  readonly user: string;
  readonly password: string | undefined;
  /** Postgres: name of the database. Others: path before the API, without a slash at its end. */
  readonly path: string;
  /** Postgres alone. */
  readonly tls: TlsMode;
}

/**
 * Takes an address apart. Only `sslmode` may follow a `?`: the other settings that drivers read there name files,
 * sockets and passwords. Throws an `IntegrationError` that says what is wrong.
 */
export function parseDatabaseAddress(kind: DatabaseKind, text: string): DatabaseAddress {
  const { name } = DATABASES[kind];
  const protocols = kind === 'pgvector' ? ['postgres:', 'postgresql:'] : ['http:', 'https:'];
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url?.hostname || !protocols.includes(url.protocol)) {
    throw refuse(`The address of ${name} must start with ${protocols.map((one) => `${one}//`).join(' or ')}.`);
  }
  if (!HOSTNAME.test(url.hostname)) throw refuse(`The host of ${name} must be a plain name or address.`);
  if (url.hash) throw refuse(`The address of ${name} may not hold a “#”.`);
  const settings = [...url.searchParams.keys()];
  if (settings.some((key) => kind !== 'pgvector' || key !== 'sslmode') || settings.length > 1) {
    throw refuse(
      kind === 'pgvector'
        ? 'Of the settings behind “?”, only sslmode is supported.'
        : `The address of ${name} may not hold a “?”.`,
    );
  }
  const given = url.searchParams.get('sslmode') ?? 'disable';
  const tls = TLS_MODES.find((mode) => mode === given);
  if (!tls) throw refuse(`sslmode is one of ${TLS_MODES.join(', ')}.`);
  const path = decode(url.pathname).replace(/^\/|\/+$/g, '');
  if (kind === 'pgvector' && !DATABASE_NAME.test(path)) throw refuse('The name of the database is not a plain one.');
  const user = kind === 'pgvector' ? decode(url.username) : '';
  const password = url.password ? decode(url.password) : undefined;
  url.password = '';
  if (kind !== 'pgvector') url.username = '';
  return {
    href: url.href.replace(/\/+$/, ''),
    protocol: url.protocol,
    hostname: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port ? Number(url.port) : undefined,
    user,
    password,
    path,
    tls,
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw refuse('The address holds a “%” that stands for nothing.');
  }
}

/** True where a secret that is sent to an address can be read on the way. */
export function isReadableOnTheWay({ protocol, hostname, tls }: DatabaseAddress): boolean {
  if (isLoopback(hostname)) return false;
  return protocol === 'http:' || (protocol.startsWith('postgres') && tls === 'disable');
}
