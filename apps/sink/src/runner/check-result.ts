import { maxResultBytes } from '@nexomatic/contracts/sink-protocol';
import { groupDigits } from '../logs/group-digits.ts';
import { whyNoJson } from './why-no-json.ts';

/** Levels of arrays and objects that a result may have; payloads have the same limit, and a result becomes one. */
const deepest = 64;

/** Why this text can't be a result, or undefined if it can. */
export function whyNoResult(json: string): string | undefined {
  const bytes = Buffer.byteLength(json);
  if (bytes > maxResultBytes) {
    return `the result has ${groupDigits(bytes)} bytes of JSON; ${groupDigits(maxResultBytes)} are allowed`;
  }
  if (depthOf(json) > deepest) return `the result has more than ${deepest} levels`;
  try {
    JSON.parse(json);
    return undefined;
  } catch (error) {
    return `the result is not JSON: ${whyNoJson(error)}`;
  }
}

function depthOf(json: string): number {
  let depth = 0;
  let greatest = 0;
  let inText = false;
  for (let at = 0; at < json.length; at += 1) {
    const char = json.charCodeAt(at);
    if (inText) {
      if (char === 0x5c) at += 1;
      else if (char === 0x22) inText = false;
    } else if (char === 0x22) inText = true;
    else if (char === 0x5b || char === 0x7b) {
      depth += 1;
      greatest = Math.max(greatest, depth);
    } else if (char === 0x5d || char === 0x7d) depth -= 1;
  }
  return greatest;
}
