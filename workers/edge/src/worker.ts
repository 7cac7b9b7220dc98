import { env, waitUntil } from 'cloudflare:workers';
import { systemClock } from '@nexomatic/clock';
import { openBuffer } from './buffer/open-buffer.ts';
import { createEdge } from './edge.ts';

export { BufferIndex } from './buffer/buffer-index.ts';
export { SourceBuffer } from './buffer/source-buffer.ts';

const platform = { clock: systemClock, background: waitUntil };

/** The Worker's entry: bindings in, handler out. Read once, when the isolate starts. */
export default createEdge(env, { ...platform, openBuffer: (read) => openBuffer(read, env, platform) });
