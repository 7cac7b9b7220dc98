import type { ReactNode } from 'react';

interface PressButtonProps {
  label: string;
  on: boolean;
  set: (on: boolean) => void;
  className: string;
  children: ReactNode;
}

/** A button that stays pressed; its sign alone says too little, so that its label is shown as a hint. */
export const PressButton = ({ label, on, set, className, children }: PressButtonProps) => (
  <button
    type="button"
    className={className}
    aria-label={label}
    title={label}
    aria-pressed={on}
    onClick={() => set(!on)}
  >
    {children}
  </button>
);
