import { expect, test } from 'vitest';
import { storedConnection } from './stored-connection.ts';

const weaviate = { kind: 'weaviate', name: 'W', url: 'http://127.0.0.1:8080', index: 'Videos', key: 'secret' } as const;

test('a key is not sent in plain text to a gRPC endpoint on another machine', () => {
  expect(() => storedConnection('1', { ...weaviate, grpc: 'db.example.org:50051' })).toThrow('over https');
});

test.each([
  ['on this machine', { ...weaviate, grpc: '127.0.0.1:50051' }],
  ['with TLS', { ...weaviate, url: 'https://db.example.org', grpc: 'grpc.example.org:443' }],
  ['of the environment', { ...weaviate, grpc: 'weaviate-grpc:50051' }],
])('a key is sent to a gRPC endpoint %s', (title, typed) => {
  const isFixed = title === 'of the environment';
  expect(storedConnection('1', typed, { isFixed })).toMatchObject({ grpc: typed.grpc, key: 'secret' });
});
