import type { StudioConfig } from '#shared/platform/studio-queries.ts';

/** The address that `npm start` prints without further settings. The server assumes it when it is given no other. */
const DEFAULT_ORIGIN = 'http://127.0.0.1:8080';

/**
 * The entry for an assistant's configuration that starts the studio's MCP server, as JSON. Browsers know neither the folder of
 * the studio nor its API key: placeholders stand for them.
 */
export function getAssistantConfiguration(
  studio: Pick<StudioConfig, 'platform' | 'platform_url'>,
  origin: string,
): string {
  const env = {
    ...(studio.platform === 'remote'
      ? { MIKSHI_BASE_URL: studio.platform_url ?? '<URL of the platform>', MIKSHI_API_KEY: '<API key>' }
      : {}),
    ...(studio.platform === 'embedded' && origin === DEFAULT_ORIGIN ? {} : { STUDIO_URL: origin }),
  };
  const server = {
    command: 'node',
    args: ['<folder of the studio>/scripts/mcp.js'],
    ...(Object.keys(env).length > 0 ? { env } : {}),
  };
  return JSON.stringify({ mcpServers: { 'mikshi-studio': server } }, null, 2);
}
