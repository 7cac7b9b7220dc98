import { TriangleAlert } from '../components/icons.ts';

/** What is said before a sink goes that is the last to have the value of so many secrets. */
export function LossNote({ count }: { count: number }) {
  if (count === 0) return null;
  const [one, them] = count === 1 ? ['a secret that is', 'it'] : [`${count} secrets that are`, 'them'];
  return (
    <p className="form-error mb-2 text-warning">
      <TriangleAlert size={14} aria-hidden="true" />
      <span>
        It is the last sink that has the value of {one} end-to-end, listed below. Nobody else can open {them}: the value
        is lost, and has to be set again. Grant {them} to another sink first to keep it.
      </span>
    </p>
  );
}
