import { controlConformance } from './control-suite.ts';

controlConformance('direct');
