import { config } from 'zod/mini';

// The page's security policy forbids eval, which zod would otherwise try for speed. Must run before any schema parses.
config({ jitless: true });
