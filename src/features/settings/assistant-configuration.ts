/** What the studio says of itself: which platform is behind it. */
interface StudioConfig {
  readonly platform: 'embedded' | 'remote';
  readonly platform_url?: string | null | undefined;
}

/** Where people open a studio that was started without further settings: the program assumes it by itself. */
const DEFAULT_ORIGIN = 'http://localhost:8080';

/**
 * The entry for an assistant's configuration that starts the studio's MCP server, as JSON. Browsers know neither the folder of
 * the studio nor its API key: placeholders stand for them.
 */
export function getAssistantConfiguration(studio: StudioConfig, origin: string): string {
  const env = {
    ...(studio.platform === 'remote'
      ? { MIKSHI_BASE_URL: studio.platform_url ?? '<address of the platform>', MIKSHI_API_KEY: '<API key>' }
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
