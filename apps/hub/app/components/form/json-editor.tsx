import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { bracketMatching, indentOnInput, syntaxHighlighting } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import { drawSelection, EditorView, keymap, lineNumbers } from '@codemirror/view';
import { classHighlighter } from '@lezer/highlight';
import { type MutableRefObject, type RefObject, useEffect, useRef } from 'react';

interface JsonEditorProps {
  label: string;
  describedBy: string;
  invalid: boolean;
  initial: string;
  rows: number;
  readOnly: boolean;
  onText: (text: string) => void;
  /** Filled in with what sets the focus into the editor. */
  focus: MutableRefObject<(() => void) | null>;
  /** The plain area that was there before. Whoever writes in it already goes on in the editor. */
  area: RefObject<HTMLTextAreaElement>;
}

/** CodeMirror for JSON. Tab leaves it, as it leaves any field. Loaded when a form that has one runs. */
export function JsonEditor(props: JsonEditorProps) {
  const box = useRef<HTMLDivElement>(null);
  const current = useRef(props);
  current.current = props;
  useEffect(() => {
    if (!box.current) return;
    const view = new EditorView({ parent: box.current, state: startState(current) });
    current.current.focus.current = () => view.focus();
    const area = current.current.area.current;
    if (area && area === document.activeElement) {
      view.dispatch({ selection: { anchor: area.selectionStart, head: area.selectionEnd } });
      view.focus();
    }
    return () => {
      current.current.focus.current = null;
      view.destroy();
    };
  }, []);
  const height = { '--rows': props.rows } as React.CSSProperties;
  return <div ref={box} className="input json-editor" style={height} aria-invalid={props.invalid || undefined} />;
}

function startState(current: MutableRefObject<JsonEditorProps>): EditorState {
  const { initial, label, readOnly } = current.current;
  return EditorState.create({
    doc: initial,
    extensions: [
      lineNumbers(),
      history(),
      drawSelection(),
      indentOnInput(),
      bracketMatching(),
      json(),
      syntaxHighlighting(classHighlighter),
      keymap.of([...defaultKeymap, ...historyKeymap]),
      EditorView.lineWrapping,
      EditorState.readOnly.of(readOnly),
      EditorView.editable.of(!readOnly),
      EditorView.contentAttributes.of(() => ({
        'aria-label': label,
        'aria-describedby': current.current.describedBy,
        spellcheck: 'false',
      })),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) current.current.onText(update.state.doc.toString());
      }),
      // Its style sheet carries the page's nonce, which scripts may read and style sheets may not.
      EditorView.cspNonce.of(document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? ''),
    ],
  });
}
