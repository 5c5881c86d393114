import { ChevronDown, Copy, Trash2 } from 'lucide-react';
import { useState } from 'react';
import {
  Button,
  Dialog,
  FormDialog,
  KeyValueList,
  Menu,
  Popover,
  SidePanel,
  TextField,
  ToastCard,
  Tooltip,
  useToast,
} from '../kit/index.ts';
import { Sample, Samples } from './sample.tsx';

export function FloatingSamples() {
  const toast = useToast();
  const [popover, setPopover] = useState(false);
  const [dialog, setDialog] = useState(false);
  const [form, setForm] = useState(false);
  const [name, setName] = useState('');
  return (
    <Samples title="What floats">
      <Sample name="Tooltip">
        <Tooltip text="Assign to me" shortcut="M">
          <Button>Hover or focus</Button>
        </Tooltip>
      </Sample>
      <Sample name="Menu">
        <Menu
          trigger={<Button icon={ChevronDown}>Actions</Button>}
          entries={[
            'Incident',
            { label: 'Copy the link', icon: Copy, shortcut: 'C', onSelect: () => {} },
            { label: 'Compact rows', checked: true, onSelect: () => {} },
            { label: 'Isolate the device', disabledReason: 'Needs a connector', onSelect: () => {} },
            '-',
            { label: 'Delete', icon: Trash2, danger: true, onSelect: () => {} },
          ]}
        />
      </Sample>
      <Sample name="Popover">
        <Popover label="A note" open={popover} onOpenChange={setPopover} trigger={<Button>Open the popover</Button>}>
          <p className="max-w-56">The page behind stays usable. Escape closes this and returns the focus.</p>
        </Popover>
      </Sample>
      <Sample name="Dialog">
        <Button onClick={() => setDialog(true)}>Open the dialog</Button>
        <Dialog
          open={dialog}
          onClose={() => setDialog(false)}
          title="Create a token"
          onSubmit={() => setDialog(false)}
          footer={
            <>
              <Button variant="quiet" onClick={() => setDialog(false)}>
                Cancel
              </Button>
              <Button variant="primary" type="submit">
                Create
              </Button>
            </>
          }
        >
          <TextField label="Name" required />
        </Dialog>
      </Sample>
      <Sample name="FormDialog">
        <Button onClick={() => setForm(true)}>Open the form</Button>
        {form && (
          <FormDialog
            title="Delete the group"
            submit="Delete for good"
            danger
            onClose={() => setForm(false)}
            onSubmit={() => setForm(false)}
            missing={name === 'finance' ? undefined : 'Type the name of the group'}
            error={new Error('The group has changed since it was opened.')}
          >
            <TextField
              label="Name of the group"
              hint="Type finance."
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          </FormDialog>
        )}
      </Sample>
      <Sample name="Toast">
        <Button
          onClick={() => toast({ message: '12 incidents assigned to you', undo: () => toast({ message: 'Undone' }) })}
        >
          Show a toast
        </Button>
        <ToastCard toast={{ message: '12 incidents assigned to you', undo: () => {} }} onDismiss={() => {}} />
        <ToastCard toast={{ message: 'Not saved: the server does not answer', tone: 'failed' }} onDismiss={() => {}} />
      </Sample>
    </Samples>
  );
}

export function PanelSample({ onClose }: { onClose: () => void }) {
  return (
    <SidePanel label="Sample" title="A side panel" onClose={onClose} footer={<Button variant="primary">Save</Button>}>
      <div className="p-4">
        <KeyValueList
          items={[
            { key: 'Beside', value: 'the page, never over what you were reading' },
            { key: 'Escape', value: 'closes it' },
          ]}
        />
      </div>
    </SidePanel>
  );
}
