import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy } from './csp.ts';

/** By the grammar of CSP level 3: `name SP value *( SP value ) *( "; " … )`. */
const directive =
  /^[a-z]+(?:-[a-z]+)* (?:'none'|'self'|'script'|'nonce-[A-Za-z0-9+/]+={0,2}')(?: 'nonce-[A-Za-z0-9+/]+={0,2}')?$/;

const policy = contentSecurityPolicy('bm9uY2U=');
const parsed = new Map(policy.split('; ').map((text) => [text.split(' ')[0], text.split(' ').slice(1)]));

describe('contentSecurityPolicy', () => {
  it('is well formed: a browser ignores what is not', () => {
    for (const text of policy.split('; ')) expect(text).toMatch(directive);
    expect(parsed.size).toBe(policy.split('; ').length);
  });

  it('allows nothing that is not named', () => {
    expect(parsed.get('default-src')).toEqual(["'none'"]);
    expect(parsed.get('connect-src')).toEqual(["'none'"]);
    expect(parsed.get('script-src')).toEqual(["'self'"]);
    expect(policy).not.toMatch(/unsafe|\*|data:|blob:|http/);
  });

  // These do not fall back to default-src.
  it.each(['base-uri', 'form-action', 'frame-ancestors'])('denies %s itself', (name) => {
    expect(parsed.get(name)).toEqual(["'none'"]);
  });

  it('refuses text as markup, without exception', () => {
    expect(parsed.get('require-trusted-types-for')).toEqual(["'script'"]);
    expect(parsed.get('trusted-types')).toEqual(["'none'"]);
  });

  it('lets style elements in by the nonce only', () => {
    expect(parsed.get('style-src')).toEqual(["'self'", "'nonce-bm9uY2U='"]);
  });
});
