import { Download, Pin, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Anchor, Button, Chip, IconButton, Key, Link, Switch, TabLinks, Tabs, Tag } from '../kit/index.ts';
import { Sample, Samples } from './sample.tsx';

export function ActionSamples() {
  const [pinned, setPinned] = useState(true);
  const [live, setLive] = useState(true);
  const [tab, setTab] = useState('alerts');
  const [mine, setMine] = useState(true);
  return (
    <Samples title="Actions">
      <Sample name="Button">
        <Button variant="primary">Primary</Button>
        <Button icon={Plus}>Secondary</Button>
        <Button variant="quiet">Quiet</Button>
        <Button variant="danger" icon={Trash2}>
          Danger
        </Button>
        <Button busy>Busy</Button>
        <Button variant="primary" disabledReason="Choose at least one scope">
          Blocked, with a reason
        </Button>
      </Sample>
      <Sample name="Button, small">
        <Button size="small" variant="primary">
          Primary
        </Button>
        <Button size="small">Secondary</Button>
        <Button size="small" variant="quiet" icon={Download}>
          Quiet
        </Button>
      </Sample>
      <Sample name="IconButton">
        <IconButton label="Download" icon={Download} />
        <IconButton label="Pin" icon={Pin} pressed={pinned} onClick={() => setPinned(!pinned)} />
        <IconButton label="Delete" icon={Trash2} disabled />
        <IconButton label="Add" shortcut="A" icon={Plus} size="small" />
      </Sample>
      <Sample name="Link, Key">
        <Link to="/incidents">All incidents</Link>
        <Anchor href="/api/docs" tone="plain">
          Plain link
        </Anchor>
        <Key>J</Key>
        <Key>Enter</Key>
      </Sample>
      <Sample name="Switch">
        <Switch checked={live} onChange={setLive} label="Live updates" />
        <Switch checked={!live} onChange={(on) => setLive(!on)} label="Quiet" hint="No toasts while on" />
        <Switch checked={false} onChange={() => {}} label="Not allowed" disabled />
      </Sample>
      <Sample name="Chip, Tag">
        <Chip label="Mine" pressed={mine} onClick={() => setMine(!mine)} />
        <Chip label="High only" pressed={false} onClick={() => {}} />
        <Chip label="Involves" value="FIN-WS-07" onRemove={() => {}} />
        <Tag>finance</Tag>
        <Tag tone="notable">Critical asset</Tag>
        <Tag tone="high">Expired</Tag>
        <Tag tone="ok">Replayed</Tag>
        <Tag tone="pending">Pending approval</Tag>
      </Sample>
      <Sample name="Tabs">
        <Tabs
          label="Parts of an incident"
          tabs={[
            { id: 'summary', label: 'Summary' },
            { id: 'alerts', label: 'Alerts', count: 14 },
            { id: 'evidence', label: 'Evidence and response', count: 22 },
          ]}
          value={tab}
          onChange={setTab}
          className="w-full"
        >
          <p className="pt-2 text-n10">The panel of “{tab}”.</p>
        </Tabs>
      </Sample>
      <Sample name="TabLinks">
        <div className="w-full">
          <TabLinks
            label="Pages of the kit"
            value="kit"
            tabs={[
              { id: 'kit', label: 'Kit', link: { to: '/kit' } },
              { id: 'incidents', label: 'Incidents', count: 42, link: { to: '/incidents' } },
            ]}
          />
        </div>
      </Sample>
    </Samples>
  );
}
