import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { getErrorMessage } from '#api/errors.ts';
import { type Configuration, readConfiguration } from './configuration.ts';
import { createServer } from './server.ts';
import { Studio } from './studio.ts';

// Standard output carries the protocol, so everything else is written to standard error.
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
// An assistant ends the session by closing this pipe. The transport does not watch for that, and running calls would continue.
process.stdin.once('end', () => void server.close());
// An assistant that was killed reads no more answers.
process.stdout.once('error', () => process.exit(0));
await server.connect(new StdioServerTransport());
console.error(`mcp ready, for the platform at ${configuration.baseUrl}`);
