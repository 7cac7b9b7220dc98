import type { SourceSettings } from '@nexomatic/contracts/source-settings';
import { schemeWords } from './scheme-words.ts';

/** The fields of the form, named as in the settings; each scheme shows those that it has. */
export interface VerifyShape {
  openOnPurpose: boolean;
  settings: {
    verification: {
      scheme: string;
      toleranceSeconds: number;
      allowSha1: boolean;
      header: string;
      prefix: string;
      algorithm: string;
      encoding: string;
      keyEncoding: string;
      template: string;
      timestampHeader: string;
      idHeader: string;
    };
    allowedAddresses: string;
    handshakes: { eventGrid: boolean; cloudEvents: boolean };
  };
}

export const verifyLabels = {
  'settings.verification': 'How the sender proves itself',
  'settings.allowedAddresses': 'Allowed addresses',
  'settings.handshakes.eventGrid': 'Answer Event Grid’s handshake',
  'settings.handshakes.cloudEvents': 'Answer OPTIONS of CloudEvents',
};

/** What the form begins with. */
export const startOf = ({ verification, allowedAddresses, handshakes }: SourceSettings) => ({
  openOnPurpose: false,
  settings: { verification, allowedAddresses: allowedAddresses.join('\n'), handshakes },
});

/** This part of the settings as two states of it are compared. */
export const comparedVerification = ({ verification, allowedAddresses, handshakes }: SourceSettings) => ({
  'settings.verification': { ...verification, scheme: schemeWords[verification.scheme].word },
  'settings.allowedAddresses': allowedAddresses.join(', '),
  'settings.handshakes.eventGrid': handshakes.eventGrid,
  'settings.handshakes.cloudEvents': handshakes.cloudEvents,
});
