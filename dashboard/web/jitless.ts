import { config } from 'zod/mini';

// The page's Content-Security-Policy forbids making code from text, which zod would try.
config({ jitless: true });
