import { mentions, type Part, type SigningRecipe } from './signing-recipe.ts';

/** What stands in the place of the secret: it is never written into a page. */
export const secretPlace = 'PUT-THE-SECRET-HERE';
const sampleBody = '{"name":"Ada"}';

/** A shell script that makes and sends one request as the scheme wants it; needs curl and openssl. */
export function signedCurl(recipe: SigningRecipe, address: string, body = sampleBody): string {
  const { mac, headers, basic } = recipe;
  const needsSecret = mac !== null || basic || mentions(recipe, 'secret');
  if (!needsSecret) return `curl ${jsonHeader} -d ${quoted(body)} ${quoted(address)}`;
  const lines = [`SECRET='${secretPlace}'`];
  if (mac || recipe.bodyHashInAddress) lines.push(`BODY=${quoted(body)}`);
  lines.push(`ADDRESS=${quoted(address)}`);
  if (mentions(recipe, 'time')) lines.push('TIME=$(date +%s)');
  if (mentions(recipe, 'id')) lines.push('ID=$(openssl rand -hex 16)');
  if (recipe.bodyHashInAddress) {
    lines.push(`HASH=$(printf %s "$BODY" | openssl dgst -sha256 -r | cut -d' ' -f1)`);
    lines.push('ADDRESS="$ADDRESS?bodySHA256=$HASH"');
  }
  if (mac) lines.push(...macLines(mac));
  const data = mac || recipe.bodyHashInAddress ? '"$BODY"' : quoted(body);
  const options = [
    jsonHeader,
    ...(basic ? ['-u "$SECRET"'] : []),
    ...headers.map(([name, value]) => `-H "${name}: ${shellText(value)}"`),
    `--data-binary ${data} "$ADDRESS"`,
  ];
  return `${lines.join('\n')}\ncurl ${options.join(' \\\n  ')}`;
}

const jsonHeader = "-H 'content-type: application/json'";

const base64Key = (text: string) => `printf %s "${text}" | openssl base64 -d -A`;
const asHex = (command: string) => `$(${command} | od -An -v -tx1 | tr -d ' \\n')`;
const keys = {
  text: null,
  hex: '$SECRET',
  base64: asHex(base64Key('$SECRET')),
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the shell's
  whsec: asHex(base64Key('${SECRET#whsec_}')),
} as const;
const encoders = {
  hex: "-r | cut -d' ' -f1",
  base64: '-binary | openssl base64 -A',
  base64url: "-binary | openssl base64 -A | tr '+/' '-_' | tr -d =",
} as const;

function macLines({ algorithm, encoding, key, signed }: NonNullable<SigningRecipe['mac']>): string[] {
  const hexKey = keys[key];
  const option = hexKey === null ? '-hmac "$SECRET"' : '-mac HMAC -macopt hexkey:"$KEY"';
  return [
    ...(hexKey === null ? [] : [`KEY=${hexKey}`]),
    `SIGNATURE=$(printf %s "${shellText(signed)}" |\n  openssl dgst -${algorithm} ${option} ${encoders[encoding]})`,
  ];
}

const names = {
  body: '$BODY',
  time: '$TIME',
  id: '$ID',
  signature: '$SIGNATURE',
  address: '$ADDRESS',
  secret: '$SECRET',
} as const;

/** Inside double quotes; in braces where the next character would be read as part of the name. */
function shellText(parts: readonly Part[]): string {
  return parts
    .map((part, index) => {
      if (typeof part === 'object') return part.text.replaceAll(/[\\"$`]/g, '\\$&');
      const next = parts[index + 1];
      const glued = typeof next === 'object' && /^\w/.test(next.text);
      return glued ? `\${${names[part].slice(1)}}` : names[part];
    })
    .join('');
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
