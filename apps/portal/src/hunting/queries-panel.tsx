import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { SavedQuery } from '@throughline/model';
import { MoreHorizontal } from 'lucide-react';
import { useState } from 'react';
import { changeQuery, deleteQuery, pastHuntsQuery, savedQueriesQuery } from '../api/hunting.ts';
import { askAgain } from '../app/ask-again.ts';
import {
  copyText,
  IconButton,
  Menu,
  ScrollRegion,
  SkeletonRows,
  Tabs,
  TextField,
  Time,
  useToast,
} from '../kit/index.ts';
import { samples } from './samples.ts';

interface QueriesPanelProps {
  onOpen: (query: string, name?: string) => void;
}

/** Queries to open: mine, those shared with everybody, some to begin with, and what I ran lately. */
export function QueriesPanel({ onOpen }: QueriesPanelProps) {
  const [tab, setTab] = useState('mine');
  const [filter, setFilter] = useState('');
  const saved = useQuery(savedQueriesQuery);
  const past = useQuery({ ...pastHuntsQuery, enabled: tab === 'past' });
  const fits = (text: string) => text.toLowerCase().includes(filter.trim().toLowerCase());
  const list = (mine: boolean) =>
    (saved.data ?? [])
      .filter((each) => (mine ? each.mine : each.shared))
      .filter((each) => fits(each.name + each.query));
  return (
    <Tabs
      label="Queries"
      value={tab}
      onChange={setTab}
      className="h-full"
      tabs={[
        { id: 'mine', label: 'Mine' },
        { id: 'shared', label: 'Shared' },
        { id: 'samples', label: 'To begin' },
        { id: 'past', label: 'Lately' },
      ]}
    >
      <div className="flex h-full min-h-0 flex-col">
        <div className="p-2">
          <TextField
            label="Find a query"
            labelHidden
            placeholder="Find a query"
            value={filter}
            onChange={(event) => setFilter(event.target.value)}
          />
        </div>
        <ScrollRegion label="Queries found" className="min-h-0 flex-1 overflow-y-auto px-1 pb-2">
          {(tab === 'past' ? past.isPending : saved.isPending && tab !== 'samples') ? (
            <SkeletonRows rows={4} />
          ) : tab === 'samples' ? (
            samples
              .filter(({ name, query }) => fits(name + query))
              .map(({ name, about, query }) => (
                <Item key={name} name={name} detail={about} onOpen={() => onOpen(query, name)} />
              ))
          ) : tab === 'past' ? (
            (past.data ?? [])
              .filter(({ query }) => fits(query))
              .map(({ id, query, at, result, rows }) => (
                <Item
                  key={id}
                  name={query.replace(/\s+/g, ' ').slice(0, 120)}
                  mono
                  detail={
                    <>
                      <Time value={at} form="ago" /> ·{' '}
                      {result === 'done' ? `${rows.toLocaleString('en')} rows` : result}
                    </>
                  }
                  onOpen={() => onOpen(query)}
                />
              ))
          ) : list(tab === 'mine').length === 0 ? (
            <p className="px-2 py-1 text-n9">
              {filter !== ''
                ? 'Nothing fits.'
                : tab === 'mine'
                  ? 'You have saved no query yet. Save keeps the one in the editor.'
                  : 'Nobody has shared a query yet.'}
            </p>
          ) : (
            list(tab === 'mine').map((each) => (
              <Item
                key={each.id}
                name={each.name}
                detail={each.description || (each.mine ? '' : `by ${each.owner}`)}
                onOpen={() => onOpen(each.query, each.name)}
                menu={<SavedMenu saved={each} />}
              />
            ))
          )}
        </ScrollRegion>
      </div>
    </Tabs>
  );
}

interface ItemProps {
  name: string;
  detail: React.ReactNode;
  mono?: boolean;
  onOpen: () => void;
  menu?: React.ReactNode;
}

function Item({ name, detail, mono = false, onOpen, menu }: ItemProps) {
  return (
    <div className="flex items-start">
      <button type="button" onClick={onOpen} className="min-w-0 flex-1 rounded-md px-2 py-1.5 text-left hover:bg-n3">
        <span className={mono ? 'line-clamp-2 font-mono text-12' : 'line-clamp-2'}>{name}</span>
        {detail !== '' && <span className="line-clamp-2 text-12 text-n9">{detail}</span>}
      </button>
      {menu}
    </div>
  );
}

function SavedMenu({ saved }: { saved: SavedQuery }) {
  const client = useQueryClient();
  const toast = useToast();
  const again = () => askAgain(client, savedQueriesQuery.queryKey);
  const change = useMutation({
    mutationFn: (shared: boolean) => changeQuery(saved.id, { shared }),
    onSuccess: again,
    onError: (error) => toast({ message: error.message, tone: 'failed' }),
  });
  const remove = useMutation({
    mutationFn: () => deleteQuery(saved.id),
    onSuccess: again,
    onError: (error) => toast({ message: error.message, tone: 'failed' }),
  });
  const link = () =>
    void copyText(`${location.origin}/hunting?saved=${saved.id}`).then(() => toast({ message: 'Link copied.' }));
  return (
    <Menu
      align="end"
      trigger={<IconButton size="small" label={`More for ${saved.name}`} icon={MoreHorizontal} />}
      entries={[
        { label: 'Copy link', onSelect: link },
        ...(saved.mine
          ? [
              {
                label: saved.shared ? 'Stop sharing' : 'Share with everybody',
                onSelect: () => change.mutate(!saved.shared),
              },
              { label: 'Delete', danger: true, onSelect: () => remove.mutate() },
            ]
          : []),
      ]}
    />
  );
}
