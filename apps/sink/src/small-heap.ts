import { setFlagsFromString } from 'node:v8';

/**
 * An agent does little and should stay small beside the modules that it runs: V8 is told to collect garbage before the heap
 * has doubled. The first import of the program, because
 * it holds from then on.
 */
setFlagsFromString('--semi-space-growth-factor=1');
setFlagsFromString('--heap-growing-percent=10');
