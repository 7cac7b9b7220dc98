import { useState } from 'react';
import type { JsonNode } from './parse-json-text.ts';

/** Children drawn at once; more come when asked for, so that a list of ten thousand opens without a pause. */
const pageSize = 200;
/** Nodes nearer to the root than this begin unfolded, unless they are long. */
const openDepth = 4;

/** JSON as a tree that folds. Keys and values are the sender's own characters. */
export function JsonView({ node }: { node: JsonNode }) {
  return (
    <div className="json">
      <JsonValue node={node} label="" comma="" depth={0} />
    </div>
  );
}

interface ValueProps {
  node: JsonNode;
  /** The key as it was sent, quotes included; empty in arrays and at the root. */
  label: string;
  comma: '' | ',';
  depth: number;
}

function JsonValue({ node, label, comma, depth }: ValueProps) {
  if (node.kind === 'array') {
    const children = node.items.map((value) => ({ key: '', value }));
    return <Container kids={children} brackets="[]" unit="item" {...{ label, comma, depth }} />;
  }
  if (node.kind === 'object')
    return <Container kids={node.entries} brackets="{}" unit="key" {...{ label, comma, depth }} />;
  return (
    <div className="json-line">
      <Label text={label} />
      <span className={`json-${node.kind}`}>{node.text}</span>
      {comma}
    </div>
  );
}

interface ContainerProps extends Omit<ValueProps, 'node'> {
  kids: { key: string; value: JsonNode }[];
  brackets: '[]' | '{}';
  unit: string;
}

function Container({ kids, brackets, unit, label, comma, depth }: ContainerProps) {
  const [open, setOpen] = useState(depth < openDepth && (depth === 0 || kids.length <= pageSize));
  const [shown, setShown] = useState(pageSize);
  if (kids.length === 0) {
    return (
      <div className="json-line">
        <Label text={label} />
        {brackets}
        {comma}
      </div>
    );
  }
  const count = `${kids.length} ${unit}${kids.length === 1 ? '' : 's'}`;
  const toggle = (
    <button
      type="button"
      className="json-fold"
      aria-expanded={open}
      aria-label={`${label || 'Value'}, ${count}`}
      onClick={() => setOpen(!open)}
    />
  );
  if (!open) {
    return (
      <div className="json-line">
        {toggle}
        <Label text={label} />
        {brackets[0]}
        <span className="json-count"> {count} </span>
        {brackets[1]}
        {comma}
      </div>
    );
  }
  return (
    <>
      <div className="json-line">
        {toggle}
        <Label text={label} />
        {brackets[0]}
      </div>
      <div className="json-children">
        {kids.slice(0, shown).map(({ key, value }, index) => (
          <JsonValue
            key={index}
            node={value}
            label={key}
            comma={index < kids.length - 1 ? ',' : ''}
            depth={depth + 1}
          />
        ))}
        {kids.length > shown ? (
          <button type="button" className="button-quiet" onClick={() => setShown(shown + pageSize)}>
            Show {Math.min(pageSize, kids.length - shown)} more of {kids.length - shown}
          </button>
        ) : null}
      </div>
      <div className="json-line">
        {brackets[1]}
        {comma}
      </div>
    </>
  );
}

const Label = ({ text }: { text: string }) =>
  text === '' ? null : (
    <>
      <span className="json-key">{text}</span>
      {': '}
    </>
  );
