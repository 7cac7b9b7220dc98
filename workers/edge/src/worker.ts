import { env } from 'cloudflare:workers';
import { createEdge } from './edge.ts';

/** The Worker's entry: bindings in, handler out. Read once, when the isolate starts. */
export default createEdge(env);
