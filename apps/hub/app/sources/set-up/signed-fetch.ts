import { mentions, type Part, type SigningRecipe } from './signing-recipe.ts';

/** A module for Node that makes and sends one request as the scheme wants it; the secret comes from its environment. */
export function signedFetch(recipe: SigningRecipe, address: string): string {
  const { mac, headers, basic, bodyHashInAddress } = recipe;
  const crypto = [
    ...(bodyHashInAddress ? ['createHash'] : []),
    ...(mac ? ['createHmac'] : []),
    ...(mentions(recipe, 'id') ? ['randomUUID'] : []),
  ];
  const lines = ["const body = JSON.stringify({ name: 'Ada' });"];
  if (mentions(recipe, 'time')) lines.push('const time = Math.floor(Date.now() / 1000);');
  if (mentions(recipe, 'id')) lines.push('const id = randomUUID();');
  if (bodyHashInAddress) {
    lines.push("const hash = createHash('sha256').update(body).digest('hex');");
    lines.push(`const address = \`${escaped(address)}?bodySHA256=\${hash}\`;`);
  }
  if (mac || basic || mentions(recipe, 'secret')) lines.push("const secret = process.env.SECRET ?? '';");
  if (mac) {
    lines.push(`const signature = createHmac('${mac.algorithm}', ${keys[mac.key]})`);
    lines.push(`  .update(${jsText(mac.signed)})`, `  .digest('${mac.encoding}');`);
  }
  const sent: [string, string][] = [
    ['content-type', "'application/json'"],
    ...(basic ? [basicHeader] : []),
    ...headers.map(([name, value]): [string, string] => [name, jsText(value)]),
  ];
  return [
    ...(crypto.length > 0 ? [`import { ${crypto.join(', ')} } from 'node:crypto';`, ''] : []),
    ...lines,
    `await fetch(${bodyHashInAddress ? 'address' : quoted(address)}, {`,
    "  method: 'POST',",
    '  headers: {',
    ...sent.map(([name, value]) => `    ${quoted(name)}: ${value},`),
    '  },',
    '  body,',
    '});',
  ].join('\n');
}

// biome-ignore lint/suspicious/noTemplateCurlyInString: it is the module's
const basicHeader: [string, string] = ['authorization', "`Basic ${Buffer.from(secret).toString('base64')}`"];

const keys = {
  text: 'secret',
  hex: "Buffer.from(secret, 'hex')",
  base64: "Buffer.from(secret, 'base64')",
  whsec: "Buffer.from(secret.replace('whsec_', ''), 'base64')",
} as const;

/** An expression: a name alone where that is enough, a quoted text, or a template. */
function jsText(parts: readonly Part[]): string {
  const told = parts.filter((part) => typeof part !== 'object' || part.text !== '');
  const [only] = told;
  if (told.length === 1 && only !== undefined)
    return typeof only === 'object' ? quoted(only.text) : only === 'time' ? 'String(time)' : only;
  return `\`${told.map((part) => (typeof part === 'object' ? escaped(part.text) : `\${${part}}`)).join('')}\``;
}

const escaped = (text: string): string => text.replaceAll(/[\\`]|\$\{/g, '\\$&');
const quoted = (text: string): string => `'${text.replaceAll(/[\\']/g, '\\$&')}'`;
