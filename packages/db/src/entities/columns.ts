import { p } from '@mikro-orm/core';
import type { IdKind } from '@nexomatic/contracts/id';
import { PrefixedIdType } from '../prefixed-id.ts';

/** The column types that the tables share. */

export const id = <K extends IdKind>(kind: K) => p.type(new PrefixedIdType(kind));

/** UTC with milliseconds. */
export const instant = () => p.datetime(3);

/** UTC with milliseconds, by the database's clock unless it is given. */
export const instantNow = () => p.datetime(3).defaultRaw('current_timestamp(3)');

/** SHA-256 of a token or key; the text itself is never stored. */
export const sha256 = () => p.blob().columnType('binary(32)');

/** An Ed25519 or X25519 public key. */
export const publicKey = () => p.blob().columnType('binary(32)');

/** Bytes up to 16 MiB, kept as they came: never a JSON column, which would re-order keys. */
export const body = () => p.blob().columnType('mediumblob');

export const name = () => p.string().length(100);

export const text = (length: number) => p.string().length(length);
