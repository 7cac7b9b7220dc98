/**
 * Sealing between two that hold the same key, on Web Crypto alone: no library, so that it costs a Worker neither size nor
 * start-up. AES-256-GCM: random nonce of 12 bytes ‖ ciphertext and tag. `context` is authenticated and not stored: what was
 * sealed for one place opens in no other.
 */
export interface WebBox {
  seal(message: Uint8Array<ArrayBuffer>, context: string): Promise<Uint8Array<ArrayBuffer>>;
  /** Null for another key or context, or what was changed. */
  open(box: Uint8Array<ArrayBuffer>, context: string): Promise<Uint8Array<ArrayBuffer> | null>;
}

const nonceBytes = 12;
const encoder = new TextEncoder();

/** The box of a key of 32 bytes that nobody can guess. */
export async function openWebBox(key: Uint8Array<ArrayBuffer>): Promise<WebBox> {
  const aes = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt', 'decrypt']);
  const parameters = (nonce: Uint8Array<ArrayBuffer>, context: string) => ({
    name: 'AES-GCM',
    iv: nonce,
    additionalData: encoder.encode(context),
  });
  return {
    async seal(message, context) {
      const nonce = crypto.getRandomValues(new Uint8Array(nonceBytes));
      const sealed = new Uint8Array(await crypto.subtle.encrypt(parameters(nonce, context), aes, message));
      const box = new Uint8Array(nonceBytes + sealed.length);
      box.set(nonce);
      box.set(sealed, nonceBytes);
      return box;
    },
    async open(box, context) {
      const nonce = box.slice(0, nonceBytes);
      if (nonce.length < nonceBytes) return null;
      try {
        return new Uint8Array(await crypto.subtle.decrypt(parameters(nonce, context), aes, box.slice(nonceBytes)));
      } catch {
        // Web Crypto throws alike for what was changed and for what is no box at all.
        return null;
      }
    },
  };
}
