import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { getErrorMessage } from '#api/errors.ts';
import { type Configuration, readConfiguration } from './configuration.ts';
import { createServer } from './server.ts';
import { Studio } from './studio.ts';

// Standard output is the protocol: whatever else is said goes to the standard error output.
console.log = console.error;
console.info = console.error;

function readConfigurationOrExit(): Configuration {
  try {
    return readConfiguration(process.env);
  } catch (error) {
    console.error(getErrorMessage(error));
    process.exit(1);
  }
}

const configuration = readConfigurationOrExit();
const server = createServer(new Studio(configuration));
server.server.onerror = (error) => console.error(`mcp: ${error.message}`);
// An assistant ends by closing the pipe. The transport does not watch for that, and calls in progress would run on.
process.stdin.once('end', () => void server.close());
await server.connect(new StdioServerTransport());
console.error(`mcp ready, for the platform at ${configuration.baseUrl}`);
