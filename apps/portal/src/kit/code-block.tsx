import { clsx } from 'clsx';
import { CopyButton } from './copy-button.tsx';
import { ScrollRegion } from './scroll-region.tsx';

export interface CodeBlockProps {
  code: string;
  /** What it is, for screen readers: "Command line", "Raw record". */
  label: string;
  wrap?: boolean;
  /** Lines before it scrolls within itself; default 12. */
  maxLines?: number;
}

export function CodeBlock({ code, label, wrap = false, maxLines = 12 }: CodeBlockProps) {
  return (
    <div className="hairline relative rounded-md border bg-n2">
      <ScrollRegion label={label} maxHeight={maxLines * 18 + 16} className="overflow-auto -outline-offset-2!">
        <pre
          className={clsx(
            'py-2 pr-9 pl-3 leading-4.5',
            wrap ? 'break-all whitespace-pre-wrap' : 'w-max min-w-full whitespace-pre',
          )}
        >
          {code}
        </pre>
      </ScrollRegion>
      <span className="absolute top-1 right-1 rounded-md bg-n2">
        <CopyButton text={code} label={`Copy ${label.toLowerCase()}`} />
      </span>
    </div>
  );
}
