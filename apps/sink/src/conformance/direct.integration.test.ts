import { conformance } from './suite.ts';

conformance('direct');
