import { Link } from '@remix-run/react';
import { createContext, useContext, useState } from 'react';
import { Search } from '../components/icons.ts';
import type { JsonNode } from './parse-json-text.ts';

/** Children drawn at once; more come when asked for, so that a list of ten thousand opens without a pause. */
const pageSize = 200;
/** Nodes nearer to the root than this begin unfolded, unless they are long. */
const openDepth = 4;

/** Where a value can be searched for: its path (`order.items.0`) and its text to an address, or null. */
export type FindHref = (path: string, value: string) => string | null;
const Finding = createContext<FindHref>(() => null);

/** JSON as a tree that folds. Keys and values are the sender's own characters. */
export function JsonView({ node, findHref = () => null }: { node: JsonNode; findHref?: FindHref | undefined }) {
  return (
    <Finding.Provider value={findHref}>
      <div className="json">
        <JsonValue node={node} label="" comma="" depth={0} path="" />
      </div>
    </Finding.Provider>
  );
}

interface ValueProps {
  node: JsonNode;
  /** The key as it was sent, quotes included; empty in arrays and at the root. */
  label: string;
  comma: '' | ',';
  depth: number;
  /** Names and numbers from the root, joined by dots; empty at the root. */
  path: string;
}

function JsonValue({ node, label, comma, depth, path }: ValueProps) {
  if (node.kind === 'array') {
    const children = node.items.map((value) => ({ key: '', value }));
    return <Container kids={children} brackets="[]" unit="item" {...{ label, comma, depth, path }} />;
  }
  if (node.kind === 'object')
    return <Container kids={node.entries} brackets="{}" unit="key" {...{ label, comma, depth, path }} />;
  return (
    <div className="json-line">
      <Label text={label} />
      <span className={`json-${node.kind}`}>{node.text}</span>
      {comma}
      <FindLink path={path} text={node.text} />
    </div>
  );
}

interface ContainerProps extends Omit<ValueProps, 'node'> {
  kids: { key: string; value: JsonNode }[];
  brackets: '[]' | '{}';
  unit: string;
}

function Container({ kids, brackets, unit, label, comma, depth, path }: ContainerProps) {
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
            path={join(path, key === '' ? String(index) : textOf(key))}
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

/** Leads to the events with the same value there, where that can be searched for. */
function FindLink({ path, text }: { path: string; text: string }) {
  const href = useContext(Finding)(path, textOf(text));
  if (href === null) return null;
  return (
    <Link
      to={href}
      className="json-find"
      aria-label={`Events with the same ${path}`}
      title={`Events with the same ${path}`}
    >
      <Search size={12} aria-hidden="true" />
    </Link>
  );
}

const join = (path: string, step: string): string => (path === '' ? step : `${path}.${step}`);

/** A string without its quotes and escapes; other lexemes as they stand. */
const textOf = (lexeme: string): string => (lexeme.startsWith('"') ? String(JSON.parse(lexeme)) : lexeme);

const Label = ({ text }: { text: string }) =>
  text === '' ? null : (
    <>
      <span className="json-key">{text}</span>
      {': '}
    </>
  );
