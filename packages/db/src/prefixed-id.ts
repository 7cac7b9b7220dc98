import { Type } from '@mikro-orm/core';
import { type Id, type IdKind, idFromBytes, idToBytes, isId } from '@nexomatic/contracts/id';

/**
 * The ORM makes the key of its identity map by joining the parts of a compound primary key as text. Bytes read as UTF-8
 * lose what isn't UTF-8, so two rows could share a key; as hex they can't, and it is what the ORM looks them up by.
 */
const hexByDefault: object = Object.create(Buffer.prototype, {
  toString: {
    value(this: Buffer, encoding: BufferEncoding = 'hex', start?: number, end?: number) {
      return Buffer.prototype.toString.call(this, encoding, start, end);
    },
  },
});

function keyBytes(id: string): Uint8Array {
  const bytes = Buffer.from(idToBytes(id).buffer);
  Object.setPrototypeOf(bytes, hexByDefault);
  return bytes;
}

/** Prefixed text in code, 16 bytes in the table: half the size of the text in every key and index. */
export class PrefixedIdType<K extends IdKind> extends Type<Id<K>, Uint8Array> {
  readonly kind: K;

  constructor(kind: K) {
    super();
    this.kind = kind;
  }

  override convertToDatabaseValue(value: Id<K>): Uint8Array {
    // Null, or bytes: the ORM hands the filter's condition of a native update through here twice.
    if (typeof value !== 'string') return value;
    if (!isId(this.kind, value)) throw new RangeError(`expected an id of kind ${this.kind}, got ${value}`);
    return keyBytes(value);
  }

  override convertToJSValue(value: Uint8Array): Id<K> {
    return value === null || value === undefined ? value : idFromBytes(this.kind, value);
  }

  /** What was loaded and what stands in the entity are two buffers: the same if their bytes are, or each flush writes. */
  override compareValues(a: Uint8Array, b: Uint8Array): boolean {
    return Buffer.compare(a, b) === 0;
  }

  override get runtimeType(): string {
    return 'string';
  }

  override getColumnType(): string {
    return 'binary(16)';
  }
}
