import {
  AppWindow,
  Cloud,
  Copy,
  Cpu,
  FileText,
  Filter,
  Globe,
  Inbox,
  KeyRound,
  Link2,
  LogIn,
  Mail,
  Mails,
  Monitor,
  Network,
  Shield,
  SquareArrowOutUpRight,
  User,
  Users,
} from 'lucide-react';
import { useState } from 'react';
import { copyText } from './copy-button.tsx';
import { Menu, type MenuEntry } from './menu.tsx';
import { useToast } from './toast.tsx';

const icons: Record<string, typeof Monitor> = {
  device: Monitor,
  user: User,
  mailbox: Inbox,
  message: Mail,
  mailCluster: Mails,
  ip: Network,
  file: FileText,
  url: Link2,
  domain: Globe,
  process: Cpu,
  registry: KeyRound,
  session: LogIn,
  securityGroup: Users,
  cloudApplication: AppWindow,
  cloudResource: Cloud,
};

export interface BadgeEntity {
  /** An entity kind of the model; a kind unknown here gets a plain shield. */
  kind: string;
  name: string;
  /** What "copy" puts on the clipboard; default the name. */
  value?: string;
}

export interface EntityBadgeProps {
  entity: BadgeEntity;
  /** Opens the entity; absent, the menu has no such entry. */
  onOpen?: () => void;
  /** Shows other incidents or rows with it. */
  onFilter?: () => void;
  /** Further entries of the menu. */
  extra?: readonly MenuEntry[];
}

/** An asset or artefact: icon of its kind, name, and a menu on press or right click. */
export function EntityBadge({ entity, onOpen, onFilter, extra = [] }: EntityBadgeProps) {
  const [open, setOpen] = useState(false);
  const toast = useToast();
  const Icon = icons[entity.kind] ?? Shield;
  const value = entity.value ?? entity.name;
  const entries: MenuEntry[] = [
    ...(onOpen ? [{ label: 'Open', icon: SquareArrowOutUpRight, onSelect: onOpen }] : []),
    {
      label: 'Copy',
      icon: Copy,
      onSelect: () => void copyText(value).then((done) => done && toast({ message: `Copied ${value}` })),
    },
    ...(onFilter ? [{ label: 'Show incidents with it', icon: Filter, onSelect: onFilter }] : []),
    ...extra,
  ];
  return (
    <Menu
      open={open}
      onOpenChange={setOpen}
      entries={entries}
      trigger={
        <button
          type="button"
          title={`${entity.kind} ${value}`}
          onContextMenu={(event) => {
            event.preventDefault();
            setOpen(true);
          }}
          className="-mx-1 inline-flex min-h-6 max-w-full align-middle items-center gap-1.5 rounded-sm px-1 hover:bg-n3 data-[state=open]:bg-n3"
        >
          <Icon aria-hidden size={14} strokeWidth={1.75} className="shrink-0 text-n9" />
          <span className="truncate">{entity.name}</span>
          <span className="sr-only">, {entity.kind}, menu</span>
        </button>
      }
    />
  );
}
