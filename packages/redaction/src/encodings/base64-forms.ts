/**
 * Base64 of bytes wherever they stand in what is encoded: three bytes become four characters, so there are three ways in
 * which they can fall. The groups that they share with what is before them are left out; the last character, where it is
 * shared with what follows, only counts when nothing follows. Both alphabets, with and without padding.
 */
export function base64Forms(bytes: Uint8Array): string[] {
  return [0, 1, 2].flatMap((skipped) => {
    const rest = Buffer.from(bytes.subarray(skipped));
    const alone = rest.length % 3 === 0 ? 0 : 1;
    return [rest.toString('base64'), rest.toString('base64url'), padded(rest.toString('base64url'))].flatMap((form) => {
      const bare = form.replace(/=+$/, '');
      return [form, bare, bare.slice(0, bare.length - alone)];
    });
  });
}

const padded = (form: string): string => form.padEnd(Math.ceil(form.length / 4) * 4, '=');
