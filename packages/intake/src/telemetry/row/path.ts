/** The last part of a path with either slash; `undefined` when the path is. */
export function fileNameOf(path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  const name = path.slice(Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) + 1);
  return name === '' ? undefined : name;
}
