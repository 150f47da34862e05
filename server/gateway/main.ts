import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import Fastify from 'fastify';
import { createLogger, logRequests, noRequestLines } from '../logging.ts';
import { PROJECT_ROOT } from '../project-root.ts';
import { stopOnSignals } from '../stop-on-signals.ts';
import { readConfig } from './config.ts';
import { serveIntegrations } from './integrations/routes.ts';
import { serveApp } from './plugins/app-files.ts';
import { handleErrors } from './plugins/error-handler.ts';
import { serveHealth } from './plugins/health.ts';
import { checkOrigin } from './plugins/origin-check.ts';
import { keyReader, registerProxy } from './plugins/proxy/proxy.ts';
import { limitRequests } from './plugins/request-limits.ts';
import { setSecurityHeaders } from './plugins/security-headers.ts';
import { requireSignIn } from './plugins/sign-in/sign-in.ts';
import { openState } from './state/document.ts';
import { restrictFetch } from './strict-fetch.ts';
import { Upstreams } from './upstreams.ts';

const VERSION: string = JSON.parse(readFileSync(path.join(PROJECT_ROOT, 'package.json'), 'utf8')).version;

/**
 * Waits for the program that started this one, where `START_SIGNAL` says so: it sends the embedded platform's port once that
 * is ready. Ends the process when that program is gone.
 */
async function waitForStart(): Promise<NodeJS.ProcessEnv> {
  if (process.env.START_SIGNAL !== 'stdin') return process.env;
  for await (const line of createInterface({ input: process.stdin })) {
    return { ...process.env, PLATFORM_PORT: line };
  }
  process.exit(0);
}

/** Entry of the gateway: the only program that a browser talks to. */
async function start(): Promise<void> {
  // A wrong value is told at once.
  readConfig(process.env);
  const config = readConfig(await waitForStart());
  restrictFetch();
  const app = Fastify({
    forceCloseConnections: true,
    requestTimeout: 0,
    trustProxy: config.trustProxy,
    loggerInstance: createLogger('gateway', config.logLevel),
    logController: noRequestLines(),
    genReqId: () => randomUUID(),
  });
  logRequests(app);
  handleErrors(app);
  // First, so that refusals carry them, too.
  await setSecurityHeaders(app, config.mediaOrigins);
  limitRequests(app);
  checkOrigin(app, config);
  serveHealth(app, config);
  const state = await openState(config);
  const signIn = await requireSignIn(app, config, state);
  app.get('/studio/config', async (request) => ({
    sign_in: await signIn.getState(request),
    version: VERSION,
    platform: config.isEmbedded ? 'embedded' : 'remote',
    // The app maps playback URLs below this one to its own origin, so that the key can be added here.
    platform_url: config.isEmbedded ? null : config.upstreams[0],
  }));
  const readKey = keyReader(config);
  const upstreams = new Upstreams(config.upstreams);
  await serveIntegrations(app, config, { readKey, onSignOut: signIn.onSignOut, state, upstreams });
  await registerProxy(app, config, { readKey, upstreams });
  await serveApp(app);
  const address = await app.listen({ host: config.host, port: config.port });
  // The program that started this one waits for exactly this line.
  console.log(`gateway ready ${address}`);
  stopOnSignals(async () => {
    await app.close();
    await state.close();
    process.exit(0);
  });
}

// A program in an unknown state must not go on: whoever started it starts it again.
for (const event of ['unhandledRejection', 'uncaughtException'] as const) {
  process.on(event, (error: unknown) => {
    console.error('The gateway ends because of an unexpected error:', error);
    process.exit(1);
  });
}

start().catch((error: unknown) => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE')
    console.error(`Port ${process.env.PORT ?? '8080'} is already in use. Set PORT to a free one.`);
  else console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
});
