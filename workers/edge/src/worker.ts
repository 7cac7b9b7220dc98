import { env, waitUntil } from 'cloudflare:workers';
import { systemClock } from '@nexomatic/clock';
import { createEdge } from './edge.ts';

export { BufferIndex } from './buffer/buffer-index.ts';
export { SourceBuffer } from './buffer/source-buffer.ts';

/** The Worker's entry: bindings in, handler out. Read once, when the isolate starts. */
export default createEdge(env, { clock: systemClock, background: waitUntil });
