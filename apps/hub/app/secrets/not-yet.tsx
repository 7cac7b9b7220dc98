import { Explain } from '../components/explain.tsx';

/** What a secret can't do in this version. */
export const SecretsNotYet = () => (
  <Explain warning>
    Secrets can not be given a value yet. Their names can be kept here; an event whose parameters name one ends as ERROR
    before any code runs.
  </Explain>
);
