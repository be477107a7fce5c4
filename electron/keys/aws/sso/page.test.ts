import { describe, expect, it } from 'vitest';
import { isEnvelopeError } from '../../../../shared/errors.ts';
import { checkSignInPage } from './page.ts';

const START = 'https://d-1234567890.awsapps.com/start';

describe('the page to sign in on', () => {
  it.each([
    'https://device.sso.eu-central-1.amazonaws.com/?user_code=ABCD-EFGH',
    'https://device.sso.cn-north-1.amazonaws.com.cn/',
    'https://d-1234567890.awsapps.com/start/#/device?user_code=ABCD-EFGH',
    'https://start.us-gov-home.awsapps.com/directory/d-1/#/device',
    'https://ssoins-1234567890abcdef.portal.eu-central-1.app.aws/device',
    'https://identitycenter.amazonaws.com/ssoins-1234567890abcdef/device',
  ])('may be %s', (page) => {
    expect(checkSignInPage(page, START, undefined)).toBe(page);
  });

  it('may be of the host that the user has set up', () => {
    const page = 'https://portal.corp.example/device';
    expect(checkSignInPage(page, 'https://portal.corp.example/start', undefined)).toBe(page);
  });

  it.each([
    'http://device.sso.eu-central-1.amazonaws.com/',
    'https://bucket.s3.eu-central-1.amazonaws.com/',
    'https://device.sso.eu-central-1.amazonaws.com.evil.example/',
    'https://evilawsapps.com/',
    'https://awsapps.com.evil.example/',
    'https://user@d-1234567890.awsapps.com/start',
    'https://:secret@d-1234567890.awsapps.com/start',
    'https://d-1234567890.awsapps.com:8443/start',
    'http://127.0.0.1:4000/device',
    'https://127.0.0.1/device',
    'javascript:alert(1)//d-1234567890.awsapps.com',
    'file:///device.sso.eu-central-1.amazonaws.com',
    'ms-settings:privacy',
    'no address',
    '',
  ])('is not %s', (page) => {
    expect(() => checkSignInPage(page, START, undefined)).toThrow(
      expect.toSatisfy((error: unknown) => isEnvelopeError(error, 'sign-in-page')),
    );
  });

  it('is of the start URL’s host only where that is https', () => {
    expect(() => checkSignInPage('https://localhost/a', 'http://localhost/start', undefined)).toThrow(
      'not one of AWS',
    );
  });

  it('is on loopback only at the very address of the connection’s emulator', () => {
    const emulator = 'http://127.0.0.1:4000';
    expect(checkSignInPage('http://127.0.0.1:4000/device', START, emulator)).toBe(
      'http://127.0.0.1:4000/device',
    );
    for (const page of [
      'http://127.0.0.1:4001/device',
      'http://localhost:4000/device',
      'http://evil.example:4000/',
    ]) {
      expect(() => checkSignInPage(page, START, emulator), page).toThrow('not one of AWS');
    }
  });
});
