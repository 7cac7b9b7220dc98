import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { challengeText, joinProofText, rotationProofText } from '@nexomatic/contracts/enrolment-api';
import type { Id } from '@nexomatic/contracts/id';
import type { TestWeb } from './open-test-web.ts';
import { bearer } from './open-test-web.ts';

/** What a call answered: the data, or the code of its refusal. */
export interface Told {
  status: number;
  data: Record<string, unknown>;
  code: string | undefined;
  message: string | undefined;
}

/** A machine with keys of its own that speaks to a hub as the agent does. */
export function machineAt(web: TestWeb) {
  let keys = newKeys();
  const call = (name: string, input: unknown, headers: Record<string, string> = {}) => ask(web, name, input, headers);
  const machine = {
    call,
    /** Trades a join token for a place. */
    join: (token: string, given: Record<string, unknown> = {}) => {
      const tokenHash = createHash('sha256').update(token).digest('base64url');
      const proof = keys.sign(joinProofText(tokenHash, keys.signKey, keys.boxKey));
      const { signKey, boxKey } = keys;
      const facts = { hostname: 'web-01', platform: 'linux-x64', version: '0.1.0' };
      return call('enrolment.join', { token, signKey, boxKey, proof, ...facts, ...given });
    },
    /** Answers a challenge; `signedAs` may differ to see it refused. */
    async token(sinkId: unknown, signedAs: unknown = sinkId) {
      const { data } = await call('enrolment.challenge', { sinkId });
      const nonce = String(data.nonce);
      return call('enrolment.token', { sinkId, nonce, signature: keys.sign(challengeText(String(signedAs), nonce)) });
    },
    async accessToken(sinkId: unknown): Promise<string> {
      return String((await machine.token(sinkId)).data.token);
    },
    /** New keys, put in the place of the old ones on the hub. */
    async rotate(sinkId: unknown, token: string) {
      const next = newKeys();
      const proof = next.sign(rotationProofText(String(sinkId), next.signKey, next.boxKey));
      const told = await call('sink.rotateKey', { signKey: next.signKey, boxKey: next.boxKey, proof }, bearer(token));
      keys = next;
      return told;
    },
    /** As whom a client of that sink signs. */
    signer: (sinkId: Id<'sink'>) => ({ sinkId, sign: keys.sign }),
    answer(sinkId: unknown, nonce: string) {
      const signature = keys.sign(challengeText(String(sinkId), nonce));
      return call('enrolment.token', { sinkId, nonce, signature });
    },
  };
  return machine;
}

async function ask(web: TestWeb, name: string, input: unknown, headers: Record<string, string>): Promise<Told> {
  const response = await web.post(`/trpc/${name}`, input ?? {}, { headers });
  const { result, error } = await response.json();
  return { status: response.status, data: result?.data ?? {}, code: error?.data.problem.code, message: error?.message };
}

function newKeys() {
  const pair = generateKeyPairSync('ed25519');
  const box = generateKeyPairSync('x25519');
  return {
    signKey: rawOf(pair.publicKey),
    boxKey: rawOf(box.publicKey),
    sign: (text: string): string => sign(null, Buffer.from(text), pair.privateKey).toString('base64url'),
  };
}

const rawOf = (key: KeyObject): string => String(key.export({ format: 'jwk' }).x);
