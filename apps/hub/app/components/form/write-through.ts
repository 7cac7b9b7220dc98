/** Changes a control as if somebody had typed it, so that whoever watches the form learns of it. React hides the plain setter. */
export function writeThrough(control: HTMLInputElement | HTMLTextAreaElement, text: string): void {
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(control), 'value')?.set?.call(control, text);
  control.dispatchEvent(new Event('input', { bubbles: true }));
}
