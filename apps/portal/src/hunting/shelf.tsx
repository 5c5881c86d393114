import { Tabs } from '../kit/index.ts';
import { QueriesPanel } from './queries-panel.tsx';
import { SchemaPanel } from './schema-panel.tsx';

interface ShelfProps {
  /** `schema` or `queries`. */
  shown: string;
  onShow: (shown: string) => void;
  onInsert: (text: string) => void;
  onOpen: (query: string, name?: string) => void;
}

/** What there is to ask: the tables, and queries to open. */
export function Shelf({ shown, onShow, onInsert, onOpen }: ShelfProps) {
  return (
    <Tabs
      label="Tables and queries"
      value={shown}
      onChange={onShow}
      className="h-full"
      tabs={[
        { id: 'schema', label: 'Tables' },
        { id: 'queries', label: 'Queries' },
      ]}
    >
      {shown === 'queries' ? (
        <QueriesPanel onOpen={onOpen} />
      ) : (
        <SchemaPanel onInsert={onInsert} onLook={(table) => onOpen(`${table}\n| take 100`, table)} />
      )}
    </Tabs>
  );
}
