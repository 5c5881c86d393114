import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { PanelLeft, Play, Save, Share2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { huntTablesQuery, pastHuntsQuery, savedQueriesQuery } from '../api/hunting.ts';
import { useMay, useMe } from '../api/session.ts';
import { useStored } from '../app/stored.ts';
import {
  Button,
  copyText,
  DateTimeRange,
  IconButton,
  NoPermission,
  SidePanel,
  useKeys,
  useToast,
} from '../kit/index.ts';
import { addToQuery } from './add-to-query.ts';
import { type HuntingSearch, longestInAddress, readHuntingSearch } from './hunting-search.ts';
import { KqlEditor, type KqlEditorHandle } from './kql-editor.tsx';
import { type Language, startLanguage } from './language.ts';
import { activeQuery, addTab, closeTab, openQuery, type QueryTabs, readTabs, writeQuery } from './query-tabs.ts';
import { Results } from './results.tsx';
import { SaveQueryDialog } from './save-query-dialog.tsx';
import { Shelf } from './shelf.tsx';
import { TabBar } from './tab-bar.tsx';
import { useHunt } from './use-hunt.ts';

/** Hunting: ask the events in KQL, look at the answer, ask again. */
export function HuntingPage() {
  const me = useMe();
  const may = useMay('incidents.read');
  const language = useLanguage();
  if (me && !may) return <NoPermission permission="incidents.read" />;
  return language === undefined ? null : <Workbench language={language} />;
}

// One language service for the visit; it learns the tables when they come.
function useLanguage(): Language | undefined {
  const [language, setLanguage] = useState<Language>();
  const tables = useQuery(huntTablesQuery);
  useEffect(() => {
    const started = startLanguage();
    setLanguage(started);
    return () => started.stop();
  }, []);
  useEffect(() => {
    if (language && tables.data) void language.setSchema(tables.data);
  }, [language, tables.data]);
  return language;
}

function Workbench({ language }: { language: Language }) {
  const search = useSearch({ from: '/shell/hunting' });
  const navigate = useNavigate();
  const client = useQueryClient();
  const toast = useToast();
  const editor = useRef<KqlEditorHandle>(null);
  const [tabs, setTabs] = useQueryTabs(search);
  const [panel, setPanel] = useStored('hunting.panel', 'schema');
  const [saving, setSaving] = useState(false);
  /** On small screens the shelf lies over the page while it is used. */
  const [over, setOver] = useState(false);
  const [open, setOpen] = useState<number>();
  const { hunt, run, cancel } = useHunt(() => void client.invalidateQueries({ queryKey: pastHuntsQuery.queryKey }));
  const query = activeQuery(tabs);

  const put = (part: Readonly<Record<string, string | undefined>>) =>
    void navigate({
      to: '/hunting',
      search: (now) => readHuntingSearch({ ...now, saved: undefined, run: undefined, ...part }),
      replace: true,
    });
  const start = () => {
    const text = editor.current?.toRun() ?? query;
    if (text.trim() === '') return;
    setOpen(undefined);
    put({ q: query.length <= longestInAddress ? query : undefined, view: undefined });
    run({ query: text, ...(search.from && { from: search.from }), ...(search.to && { to: search.to }) });
  };
  const share = () => {
    if (query.length > longestInAddress) {
      toast({
        message: 'The query is too long for a link. Save it, then copy the link of the saved one.',
        tone: 'failed',
      });
      return;
    }
    const address = new URLSearchParams({
      q: query,
      ...(search.from && { from: search.from }),
      ...(search.to && { to: search.to }),
    });
    void copyText(`${location.origin}/hunting?${address}`).then(() => toast({ message: 'Link copied.' }));
  };
  const wanted = useRef(search.run === '1' ? search.q : undefined);
  useEffect(() => {
    if (wanted.current === undefined) return;
    const soon = setTimeout(() => {
      wanted.current = undefined;
      start();
    });
    return () => clearTimeout(soon);
  });
  useKeys('Hunting', [{ key: 'mod+Enter', label: 'Run the query', run: start, everywhere: true }]);

  const shelf = (
    <Shelf
      shown={panel === 'queries' ? 'queries' : 'schema'}
      onShow={setPanel}
      onInsert={(text) => {
        setOver(false);
        editor.current?.insert(text);
      }}
      onOpen={(text, name) => {
        setOver(false);
        setTabs(openQuery(tabs, text, name));
      }}
    />
  );

  return (
    <div className="flex h-full min-h-0">
      {panel !== '' && (
        <aside aria-label="Tables and queries" className="hairline w-72 shrink-0 border-r max-lg:hidden">
          {shelf}
        </aside>
      )}
      <main className="flex min-w-0 flex-1 flex-col">
        <h1 className="sr-only">Hunting</h1>
        <TabBar
          tabs={tabs}
          onChoose={(active) => setTabs({ ...tabs, active })}
          onAdd={() => setTabs(addTab(tabs))}
          onClose={(id) => setTabs(closeTab(tabs, id))}
        />
        <div className="flex flex-wrap items-center gap-2 px-3 py-2">
          <IconButton
            label={panel === '' ? 'Show tables and queries' : 'Hide tables and queries'}
            icon={PanelLeft}
            pressed={panel !== ''}
            onClick={() => setPanel(panel === '' ? 'schema' : '')}
            className="max-lg:hidden"
          />
          <IconButton label="Tables and queries" icon={PanelLeft} onClick={() => setOver(true)} className="lg:hidden" />
          <Button variant="primary" icon={Play} busy={hunt?.state === 'running'} onClick={start}>
            Run
          </Button>
          <DateTimeRange
            label="Time"
            value={{ from: search.from, to: search.to }}
            onChange={({ from, to }) => put({ from, to })}
          />
          <span className="flex-1" />
          <Button
            variant="quiet"
            icon={Save}
            onClick={() => setSaving(true)}
            {...(query.trim() === '' && { disabledReason: 'There is no query to save' })}
          >
            Save
          </Button>
          <Button variant="quiet" icon={Share2} onClick={share}>
            Copy link
          </Button>
        </div>
        <div className="hairline h-[34%] min-h-32 shrink-0 border-t">
          <KqlEditor
            key={tabs.active}
            value={query}
            onChange={(text) => setTabs(writeQuery(tabs, text))}
            onRun={start}
            language={language}
            handle={editor}
          />
        </div>
        <div className="min-h-0 flex-1">
          {hunt === undefined ? (
            <Limits />
          ) : (
            <Results
              hunt={hunt}
              view={search.view}
              onView={(view) => put({ view })}
              open={open}
              onOpen={setOpen}
              onRefine={(column, value, how) => {
                setTabs(writeQuery(tabs, addToQuery(query, column, value, how)));
                editor.current?.focus();
              }}
              onIncidents={(text) => void navigate({ to: '/incidents', search: { q: text } })}
              onCancel={cancel}
              onGoTo={(position) => editor.current?.goTo(position)}
            />
          )}
        </div>
      </main>
      {over && (
        <div className="lg:hidden">
          <SidePanel title="Tables and queries" label="Tables and queries" onClose={() => setOver(false)}>
            {shelf}
          </SidePanel>
        </div>
      )}
      {saving && <SaveQueryDialog query={query} onClose={() => setSaving(false)} />}
    </div>
  );
}

// The tabs as the browser keeps them, with the query of the address opened in one.
function useQueryTabs(search: HuntingSearch): [QueryTabs, (tabs: QueryTabs) => void] {
  const [stored, store] = useStored('hunting.tabs', '');
  const [tabs, setTabs] = useState(() => {
    const kept = readTabs(stored);
    return search.q === undefined ? kept : openQuery(kept, search.q);
  });
  const saved = useQuery({ ...savedQueriesQuery, enabled: search.saved !== undefined });
  const opened = useRef<string>(undefined);
  const put = (next: QueryTabs) => {
    setTabs(next);
    store(JSON.stringify(next));
  };
  useEffect(() => {
    const wanted = saved.data?.find(({ id }) => String(id) === search.saved);
    if (wanted === undefined || opened.current === search.saved) return;
    opened.current = search.saved;
    setTabs((now) => openQuery(now, wanted.query, wanted.name));
  }, [saved.data, search.saved]);
  return [tabs, put];
}

function Limits() {
  return (
    <p className="hairline border-t px-3 py-3 text-n9">
      Ctrl+Enter runs the selection, or the whole query. A hunt may take 10 minutes and return 10,000 rows; without a
      time it looks at everything that is kept.
    </p>
  );
}
