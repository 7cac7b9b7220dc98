import { expect, test } from 'vitest';
import { readEnv } from '../../env.ts';
import { testKeyring } from '../../keyring/testing/test-keyring.ts';
import { isSsoSetting, readSsoProviders } from './provider-settings.ts';

const google = {
  NEXOMATIC_OIDC_GOOGLE_ISSUER: 'https://accounts.google.com',
  NEXOMATIC_OIDC_GOOGLE_CLIENT_ID: 'id',
  NEXOMATIC_OIDC_GOOGLE_CLIENT_SECRET: 'secret',
};

test('each name is a provider, with a label of its own or its name', () => {
  const own = { ISSUER: 'http://localhost:9000/realms/main', CLIENT_ID: 'nx', CLIENT_SECRET: 's', LABEL: 'Our login' };
  const settings = Object.fromEntries(
    Object.entries(own).map(([part, value]) => [`NEXOMATIC_OIDC_OUR_IDP_${part}`, value]),
  );
  expect(readSsoProviders({ ...google, ...settings })).toEqual({
    faults: [],
    providers: [
      { id: 'google', label: 'Google', issuer: 'https://accounts.google.com', clientId: 'id', clientSecret: 'secret' },
      {
        id: 'our-idp',
        label: 'Our login',
        issuer: 'http://localhost:9000/realms/main',
        clientId: 'nx',
        clientSecret: 's',
      },
    ],
  });
});

test('everything that is missing or wrong is listed with its setting', () => {
  const { faults, providers } = readSsoProviders({
    NEXOMATIC_OIDC_A_LABEL: 'A',
    NEXOMATIC_OIDC_B_ISSUER: 'http://login.example.com',
    NEXOMATIC_OIDC_B_CLIENT_ID: 'id',
    NEXOMATIC_OIDC_B_CLIENT_SECRET: 'secret',
    NEXOMATIC_OIDC_B_CLIENT_SECRET_FILE: '/run/secrets/b',
  });
  expect(providers).toEqual([]);
  expect(faults).toEqual([
    'NEXOMATIC_OIDC_A_ISSUER is not set; give the address of the provider, for example https://login.example.com',
    'NEXOMATIC_OIDC_A_CLIENT_ID is not set; give the id under which this hub is registered at the provider',
    'NEXOMATIC_OIDC_A_CLIENT_SECRET is not set; give the secret that the provider made',
    'NEXOMATIC_OIDC_B_ISSUER is not an https: address; give for example https://login.example.com',
    'NEXOMATIC_OIDC_B_CLIENT_SECRET and NEXOMATIC_OIDC_B_CLIENT_SECRET_FILE are both set; keep one of them',
  ]);
});

test('a hub starts only with providers that are whole, and warns of names that are near', () => {
  const needed = {
    DATABASE_URL: 'mysql://u:p@127.0.0.1:3306/nexomatic',
    REDIS_URL: 'redis://127.0.0.1:6379',
    NEXOMATIC_KEYRING: testKeyring,
  };
  const { NEXOMATIC_OIDC_GOOGLE_CLIENT_ID: _id, ...half } = google;
  expect(readEnv({ ...needed, ...google })).toMatchObject({
    ok: true,
    warnings: [],
    env: { ssoProviders: [{ id: 'google' }] },
  });
  expect(readEnv({ ...needed, ...half })).toMatchObject({
    ok: false,
    faults: [expect.stringContaining('GOOGLE_CLIENT_ID is not set')],
  });
  expect(readEnv({ ...needed, NEXOMATIC_SSO_ONLY: 'true' })).toMatchObject({
    ok: false,
    faults: ['NEXOMATIC_SSO_ONLY is true, and no provider is set; give NEXOMATIC_OIDC_<NAME>_ISSUER and the rest'],
  });
  expect(readEnv({ ...needed, ...google, NEXOMATIC_SSO_ONLY: 'true' })).toMatchObject({
    ok: true,
    env: { ssoOnly: true },
  });
  expect(isSsoSetting('NEXOMATIC_OIDC_GOOGLE_ISSUR')).toBe(false);
});
