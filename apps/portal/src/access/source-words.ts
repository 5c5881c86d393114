import type { SourceScope } from '@throughline/model';

/** A choice of data sources in words: "all data sources", "edr and mail only", "all data sources but edr". */
export function sourceWords({ mode, sources }: SourceScope): string {
  if (mode === 'all') return 'all data sources';
  const names = sources.length === 0 ? 'none' : list.format(sources);
  return mode === 'selected' ? `${names} only` : `all data sources but ${names}`;
}

const list = new Intl.ListFormat('en');
