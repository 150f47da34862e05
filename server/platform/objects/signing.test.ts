import { expect, test } from 'vitest';
import { GET_IN_FOLDER, UrlSigner } from './signing.ts';

const signer = new UrlSigner(['secret']);
const NOW = Date.parse('2026-01-01T12:00:00Z');

function asked(url: string) {
  const { pathname, searchParams } = new URL(url, 'http://x');
  return {
    path: pathname.replace('/objects/', ''),
    expires: searchParams.get('expires'),
    signature: searchParams.get('signature'),
  };
}

test('a signed URL passes with its own method and path, until it expires', () => {
  const { path, expires, signature } = asked(signer.sign('GET', 'a/b.jpg', 60, NOW));
  expect(signer.refusal('GET', path, expires, signature, NOW)).toBeNull();
  expect(signer.refusal('PUT', path, expires, signature, NOW)).toBe('The signature of this URL is wrong.');
  expect(signer.refusal('GET', 'a/c.jpg', expires, signature, NOW)).toBe('The signature of this URL is wrong.');
  expect(signer.refusal('GET', path, Number(expires) + 900, signature, NOW)).toBe(
    'The signature of this URL is wrong.',
  );
  expect(signer.refusal('GET', path, expires, signature, NOW + 3_600_000)).toBe('This URL has expired.');
  expect(signer.refusal('GET', path, undefined, undefined, NOW)).toBe('This URL is not signed.');
});

test('the URL of an object stays the same for a while, so that browsers can keep it', () => {
  expect(signer.sign('GET', 'a', 3600, NOW)).toBe(signer.sign('GET', 'a', 3600, NOW - 300_000));
});

test('a URL that was signed with the key before stays valid after a rotation', () => {
  const { path, expires, signature } = asked(signer.sign('GET', 'a', 60, NOW));
  expect(new UrlSigner(['next', 'secret']).refusal('GET', path, expires, signature, NOW)).toBeNull();
  expect(new UrlSigner(['next']).refusal('GET', path, expires, signature, NOW)).toBe(
    'The signature of this URL is wrong.',
  );
});

test('the signature of a folder is for reading what is in it, and nothing else', () => {
  const { before, after } = signer.signFolder('a/b/');
  expect(before).toBe('/objects/a/b/');
  const { path, expires, signature } = asked(`${before}${after}`);
  expect(signer.refusal(GET_IN_FOLDER, path, expires, signature)).toBeNull();
  expect(signer.refusal('GET', path, expires, signature)).toBe('The signature of this URL is wrong.');
  expect(signer.refusal(GET_IN_FOLDER, 'a/c/', expires, signature)).toBe('The signature of this URL is wrong.');
});
