import { conformance } from './suite.ts';

conformance('gateway');
