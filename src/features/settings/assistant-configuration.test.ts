import { expect, test } from 'vitest';
import { getAssistantConfiguration } from './assistant-configuration.ts';

const EMBEDDED = { platform: 'embedded', platform_url: null } as const;

const getServer = (...args: Parameters<typeof getAssistantConfiguration>) =>
  JSON.parse(getAssistantConfiguration(...args)).mcpServers['mikshi-studio'];

test('a studio with default settings is found by the program itself', () => {
  expect(getServer(EMBEDDED, 'http://127.0.0.1:8080')).toEqual({
    command: 'node',
    args: ['<folder of the studio>/scripts/mcp.js'],
  });
});

test('a studio that is opened elsewhere is named, for links', () => {
  expect(getServer(EMBEDDED, 'https://studio.example.org').env).toEqual({
    STUDIO_URL: 'https://studio.example.org',
  });
});

test('a hosted platform is named, with a placeholder for its key', () => {
  const studio = { platform: 'remote', platform_url: 'https://api.example.org' } as const;
  expect(getServer(studio, 'http://127.0.0.1:8080').env).toEqual({
    MIKSHI_BASE_URL: 'https://api.example.org',
    MIKSHI_API_KEY: '<API key>',
    STUDIO_URL: 'http://127.0.0.1:8080',
  });
});
