import { type ReactNode, useId } from 'react';

/** Fields that belong together, with what they are about beside them. */
export function FormSection(props: { title: string; description?: ReactNode; children: ReactNode; danger?: boolean }) {
  const { title, description, children, danger } = props;
  const id = useId();
  return (
    <section className="form-section" aria-labelledby={id} data-danger={danger || undefined}>
      <div>
        <h2 id={id} className="form-section-title">
          {title}
        </h2>
        {description ? <div className="form-help mt-1">{description}</div> : null}
      </div>
      <div className="form-section-fields">{children}</div>
    </section>
  );
}
