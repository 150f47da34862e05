import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

/**
 * The browser may run only this app's own scripts. Styles may stand inline, since Mantine sets them on elements; media is
 * played from blobs (hls.js). A remote platform's signed URLs live on hosts that only it knows, so with one, pictures,
 * media and part uploads may go to any https host.
 */
export async function setSecurityHeaders(app: FastifyInstance, isEmbedded: boolean): Promise<void> {
  const elsewhere = isEmbedded ? [] : ['https:'];
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
}
