import { writeClipboard } from '../components/copy-button.tsx';
import { useToast } from '../components/toast/toasts.tsx';

/** Copies a text and says so. */
export function useCopy(): (text: string) => void {
  const toast = useToast();
  return (text) => {
    writeClipboard(text).then(
      () => toast('Copied'),
      () => toast('Copying was refused by the browser', 'failed'),
    );
  };
}
