/** One of a few that exclude each other; `name` groups them. */
export function Radio({
  name,
  checked,
  onChoose,
  label,
}: {
  name: string;
  checked: boolean;
  onChoose: () => void;
  label: string;
}) {
  return (
    <label className="flex min-h-7 cursor-pointer items-center gap-2">
      <input
        type="radio"
        name={name}
        checked={checked}
        onChange={onChoose}
        className="size-4 cursor-pointer accent-accent-fill"
      />
      {label}
    </label>
  );
}
