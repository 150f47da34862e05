import { describe, expect, test } from 'vitest';
import { isReadableOnTheWay, parseDatabaseAddress } from './database-address.ts';
import { HostPolicy } from './host-policy.ts';

describe('addresses of databases', () => {
  test('are taken apart, and the password goes nowhere else', () => {
    expect(
      parseDatabaseAddress('pgvector', 'postgres://me:s%40cret@db.example.com:6543/videos?sslmode=require'),
    ).toEqual({
      href: 'postgres://me@db.example.com:6543/videos?sslmode=require',
      protocol: 'postgres:',
      hostname: 'db.example.com',
      port: 6543,
      user: 'me',
      password: 's@cret',
      path: 'videos',
      tls: 'require',
    });
    expect(parseDatabaseAddress('qdrant', 'https://me:secret@[2001:db8::1]:6334/prefix/')).toMatchObject({
      href: 'https://[2001:db8::1]:6334/prefix',
      hostname: '2001:db8::1',
      path: 'prefix',
    });
  });

  test.each([
    ['pgvector', 'postgres://a@b/c?sslrootcert=/dev/zero', /only sslmode/],
    ['pgvector', 'postgres://a@b/c?host=/var/run/postgresql', /only sslmode/],
    ['pgvector', 'postgres://a@b/c?password=secret', /only sslmode/],
    ['pgvector', 'postgres://a@b/c?sslmode=disable&sslmode=require', /only sslmode/],
    ['pgvector', 'postgres://a@b/c?sslmode=/etc/passwd', /sslmode is one of/],
    ['pgvector', 'postgres://a@%2Fvar%2Frun/c', /plain name or address/],
    ['pgvector', 'postgres://a@b/c%00d', /not a plain one/],
    ['pgvector', 'postgres:///c', /must start with postgres/],
    ['qdrant', 'http://b?api_key=secret', /may not hold a “\?”/],
    ['chroma', 'http://b#x', /may not hold a “#”/],
    ['weaviate', 'ftp://b', /must start with http/],
  ] as const)('%s %s is refused', (kind, text, sentence) => {
    expect(() => parseDatabaseAddress(kind, text)).toThrow(sentence);
  });

  test.each([
    ['postgres://a@db.example.com/c', true],
    ['postgres://a@db.example.com/c?sslmode=verify-full', false],
    ['postgres://a@localhost/c', false],
    ['postgres://a@[::1]/c', false],
  ])('whether a password to %s could be read on the way: %s', (text, expected) => {
    expect(isReadableOnTheWay(parseDatabaseAddress('pgvector', text))).toBe(expected);
  });
});

describe('hosts', () => {
  const open = new HostPolicy({ named: ['db.internal', '10.1.2.3'], allowsLoopback: true });
  const shared = new HostPolicy({ named: [], allowsLoopback: false });

  test.each([
    '169.254.169.254',
    '10.0.0.1',
    '172.20.1.1',
    '192.168.1.1',
    '100.100.0.1',
    '0.0.0.0',
    '[fd00::1]',
    'fe80::1',
    '::ffff:10.0.0.1',
    '::ffff:169.254.169.254',
    '64:ff9b::a00:1',
    '2002:a00:1::',
    '::10.0.0.1',
    'fec0::1',
  ])('%s is on a private network', async (host) => {
    await expect(open.resolve(host)).rejects.toThrow(/private network.*STUDIO_DATABASE_HOSTS/);
  });

  test('this machine is allowed to whoever has it for himself, and to others only when it is named', async () => {
    expect(await open.resolve('127.0.0.1')).toBe('127.0.0.1');
    expect(await open.resolve('[::1]')).toBe('::1');
    await expect(shared.resolve('127.0.0.1')).rejects.toThrow(/private network/);
    await expect(shared.resolve('localhost')).rejects.toThrow(/private network/);
    expect(await shared.with('localhost').resolve('localhost')).toMatch(/^(127\.0\.0\.1|::1)$/);
  });

  test('what the administrator has named is allowed, and public addresses are', async () => {
    expect(await open.resolve('10.1.2.3')).toBe('10.1.2.3');
    expect(await shared.resolve('93.184.216.34')).toBe('93.184.216.34');
  });
});
