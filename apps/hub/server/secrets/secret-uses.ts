import { type SecretUse, type StoredParameter, storedParameter } from '@nexomatic/contracts/sink-protocol';
import * as z from 'zod';

/** The secrets among an attempt's parameters. */
export const secretUses = (parameters: StoredParameter[]): SecretUse[] =>
  parameters.flatMap((parameter) =>
    parameter.kind === 'SECRET' ? [{ key: parameter.key, name: parameter.name, version: parameter.version }] : [],
  );

const storedParameters = z.array(storedParameter);

/** The parameters of an attempt as its row keeps them. */
export const readStoredParameters = (bytes: Uint8Array): StoredParameter[] =>
  storedParameters.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
