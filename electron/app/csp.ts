/** What the page may load and run: its own files. Every other kind of source stays `'none'`. */
const directives = (nonce: string): Record<string, string> => ({
  'default-src': "'none'",
  'script-src': "'self'",
  // A style element needs the nonce of this very response.
  'style-src': `'self' 'nonce-${nonce}'`,
  'img-src': "'self'",
  'font-src': "'self'",
  // The page has no network; all it knows comes over the preload.
  'connect-src': "'none'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
  'object-src': "'none'",
  // Text never becomes markup, and no code of the page can make an exception.
  'require-trusted-types-for': "'script'",
  'trusted-types': "'none'",
});

/** The policy of one response. `nonce`: base64 characters, never used before. */
export function contentSecurityPolicy(nonce: string): string {
  return Object.entries(directives(nonce))
    .map(([name, value]) => `${name} ${value}`)
    .join('; ');
}
