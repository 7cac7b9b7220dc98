import type { ReactNode } from 'react';
import { ArrowDown, ArrowUp, Trash2 } from '../icons.ts';

interface RowButtonsProps {
  /** What the row is called, with its number: "parameter 2". */
  name: string;
  index: number;
  count: number;
  idOf: (part: 'up' | 'down' | 'remove') => string;
  onMove: (step: -1 | 1) => void;
  onRemove: () => void;
}

/** What can be done with one row of an ordered list: move it by one place either way, or remove it. */
export function RowButtons({ name, index, count, idOf, onMove, onRemove }: RowButtonsProps) {
  return (
    <>
      <IconButton id={idOf('up')} label={`Move ${name} up`} disabled={index === 0} onClick={() => onMove(-1)}>
        <ArrowUp size={14} aria-hidden="true" />
      </IconButton>
      <IconButton
        id={idOf('down')}
        label={`Move ${name} down`}
        disabled={index === count - 1}
        onClick={() => onMove(1)}
      >
        <ArrowDown size={14} aria-hidden="true" />
      </IconButton>
      <IconButton id={idOf('remove')} label={`Remove ${name}`} onClick={onRemove}>
        <Trash2 size={14} aria-hidden="true" />
      </IconButton>
    </>
  );
}

interface IconButtonProps {
  id: string;
  label: string;
  disabled?: boolean;
  onClick: () => void;
  children: ReactNode;
}

const IconButton = ({ label, children, ...rest }: IconButtonProps) => (
  <button type="button" className="icon-button" aria-label={label} title={label} {...rest}>
    {children}
  </button>
);
