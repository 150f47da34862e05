import helmet from '@fastify/helmet';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isLoopback } from '../integrations/host-policy.ts';

/** Whether browsers take the address for trustworthy: https, or this machine (W3C Secure Contexts, 3.1). */
const isTrustworthy = ({ protocol, hostname }: FastifyRequest) =>
  protocol === 'https' || hostname.endsWith('.localhost') || isLoopback(hostname);

/**
 * The browser may run only this app's own scripts. Styles may stand inline, since Mantine sets them on elements; media is
 * played from blobs (hls.js). `elsewhere` are further sources of pictures and media, to which parts may be sent: those of a bucket,
 * or any https host for a remote platform, whose signed URLs live on hosts that only it knows.
 */
export async function setSecurityHeaders(app: FastifyInstance, elsewhere: readonly string[]): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        fontSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:', ...elsewhere],
        // hls.js gives its text tracks an empty file as a data URL.
        mediaSrc: ["'self'", 'blob:', 'data:', ...elsewhere],
        connectSrc: ["'self'", ...elsewhere],
        workerSrc: ["'self'", 'blob:'],
        manifestSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    // The studio is served over plain http on loopback; there is nothing to upgrade to.
    strictTransportSecurity: false,
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'no-referrer' },
  });
  // Browsers ignore this header on origins that they do not trust, and report it as an error on each page.
  app.addHook('onSend', async (request, reply) => {
    if (!isTrustworthy(request)) reply.removeHeader('cross-origin-opener-policy');
  });
}
